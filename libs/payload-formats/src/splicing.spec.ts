import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { DomainEvent } from '#libs/contracts';
import { payloadFormat } from './registry.js';

const text = fc.string({ unit: 'binary' });
const optionalText = fc.option(text, { nil: undefined });
const json = fc.jsonValue({ stringUnit: 'binary' }).map((value) => JSON.stringify(value, null, 1));
const anEvent: fc.Arbitrary<DomainEvent> = fc.record({
  id: text,
  source: text,
  type: text,
  time: text,
  accountId: text,
  channelId: optionalText,
  context: fc.option(json, { nil: undefined }),
  dataContentType: fc.constantFrom(undefined, 'application/json', 'application/x+json'),
  data: json.map((value) => Buffer.from(value, 'utf8')),
});
const render = (format: string, event: DomainEvent) => payloadFormat(format).render({ event, deliveryId: 'dlv_1' });

// Which members each format promises; stringify gives what they must parse to, and leaves out what is undefined.
const EXPECTED: Record<string, (event: DomainEvent, data: unknown, context: unknown) => unknown> = {
  DEFAULT: ({ id, type, accountId, channelId, time }, data) => ({
    id,
    event: type,
    accountId,
    channelId: channelId || undefined,
    time,
    data,
  }),
  ENVELOPE: ({ type, time }, data, context) => ({ event_time: time, event_type: type, current_context: context ?? null, data }),
  STANDARD: ({ type, time }, data) => ({ type, timestamp: time, data }),
  CLOUDEVENTS: (event, data) => ({
    specversion: '1.0',
    id: event.id,
    source: event.source,
    type: event.type,
    time: event.time,
    datacontenttype: event.dataContentType ?? 'application/json',
    accountid: event.accountId,
    channelid: event.channelId || undefined,
    context: event.context,
    data,
  }),
};

describe.each(Object.keys(EXPECTED))('%s', (format) => {
  it('is valid JSON of exactly its members in their order, whatever the event holds', () => {
    fc.assert(
      fc.property(anEvent, (event) => {
        const data: unknown = JSON.parse(event.data.toString('utf8'));
        const context: unknown = event.context === undefined ? undefined : JSON.parse(event.context);
        const expected = EXPECTED[format]!(event, data, context);
        expect(JSON.stringify(JSON.parse(render(format, event).toString('utf8')))).toBe(
          JSON.stringify(JSON.parse(JSON.stringify(expected))),
        );
      }),
    );
  });

  it('ends with the data bytes as published', () => {
    fc.assert(
      fc.property(anEvent, (event) => {
        const body = render(format, event);
        expect(body.subarray(body.length - 1 - event.data.length, -1).equals(event.data)).toBe(true);
      }),
    );
  });

  it('stays valid JSON when the data is not JSON', () => {
    fc.assert(
      fc.property(
        anEvent,
        fc.oneof(
          text.map((value) => Buffer.from(value, 'utf8')),
          fc.uint8Array().map((bytes) => Buffer.from(bytes)),
        ),
        (event, data) => {
          const body = JSON.parse(render(format, { ...event, data, dataContentType: 'text/plain' }).toString('utf8')) as Record<
            string,
            unknown
          >;
          expect([data.toString('utf8'), data.toString('base64')]).toContain(body['data'] ?? body['data_base64']);
        },
      ),
    );
  });
});

describe('RAW', () => {
  it('is the data, byte for byte, under its own content type', () => {
    fc.assert(
      fc.property(anEvent, fc.uint8Array(), (event, bytes) => {
        const data = Buffer.from(bytes);
        expect(render('RAW', { ...event, data }).equals(data)).toBe(true);
      }),
    );
    const event = { id: '1', source: 's', type: 't', time: '', accountId: 'a', data: Buffer.from('x') };
    expect(payloadFormat('RAW').contentType(event)).toBe('application/json');
    expect(payloadFormat('RAW').contentType({ ...event, dataContentType: 'text/csv; header=present' })).toBe('text/csv; header=present');
  });
});
