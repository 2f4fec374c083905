import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { ContractViolation } from '../contract-violation.js';
import { encodeDomainEvent, type DomainEvent } from '../messages/domain-event.js';
import type { ReceivedRecord, RecordHeaders } from '../wire-record.js';
import { readDomainEvent } from './read-domain-event.js';

const TIMESTAMP = Date.UTC(2026, 10, 20, 12, 0, 0, 7);
const DATA = '{ "amount": 12345678901234567890, "price":1.10,"price":1.1, "__proto__": {}, "lone": "\\ud800" }';
const STRUCTURED = { 'content-type': Buffer.from('application/cloudevents+json; charset=utf-8') };
const TRACEPARENT = '00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01';

function aRecord(value: string | Buffer | null, headers: Record<string, string | Buffer | null> = {}): ReceivedRecord {
  const bytes = Object.fromEntries(
    Object.entries(headers).map(([name, text]) => [name, typeof text === 'string' ? Buffer.from(text) : text]),
  );
  return {
    topic: 'orders',
    partition: 3,
    offset: '42',
    timestamp: TIMESTAMP,
    key: null,
    value: typeof value === 'string' ? Buffer.from(value) : value,
    headers: bytes as RecordHeaders,
  };
}
const ce = (headers: Record<string, string | Buffer | null> = {}) => ({
  ce_specversion: '1.0',
  ce_id: 'e-1',
  ce_source: '/shop',
  ce_type: 'order_created',
  ...headers,
});
const without = (name: string) => Object.fromEntries(Object.entries(ce()).filter(([key]) => key !== name));
const structured = (members: Record<string, unknown> = {}) =>
  aRecord(JSON.stringify({ specversion: '1.0', id: 'e-1', source: '/shop', type: 'order_created', data: 1, ...members }), STRUCTURED);
const plain = (members: Record<string, unknown> = {}) => aRecord(JSON.stringify({ type: 'order_created', data: 1, ...members }));
const reasonOf = (record: ReceivedRecord): string | undefined => {
  try {
    readDomainEvent(record);
    return undefined;
  } catch (error) {
    if (error instanceof ContractViolation) return error.reason;
    throw error;
  }
};
const textOf = (event: DomainEvent) => event.data.toString('utf8');

describe('readDomainEvent, binary mode', () => {
  it('takes every attribute from the headers and the value as the data', () => {
    const headers = ce({
      'content-type': 'application/json', ce_time: '2026-11-20T10:00:00.5+01:00', ce_accountid: 'acme', ce_channelid: 'c-1', ce_context: '{"a":1.0}', ce_dataschema: 'x', ce_subject: 'y',
      traceparent: TRACEPARENT,
    }); // prettier-ignore
    const event = readDomainEvent(aRecord(DATA, headers));
    expect({ ...event, data: textOf(event) }).toEqual({
      id: 'e-1', source: '/shop', type: 'order_created', time: '2026-11-20T10:00:00.5+01:00', accountId: 'acme', channelId: 'c-1', context: '{"a":1.0}', dataContentType: 'application/json',
      traceparent: TRACEPARENT, data: DATA,
    }); // prettier-ignore
  });

  it('fills in account and time when they are missing', () => {
    expect(readDomainEvent(aRecord(DATA, ce()))).toMatchObject({
      accountId: 'default',
      time: '2026-11-20T12:00:00.007Z',
      channelId: undefined,
      dataContentType: undefined,
    });
  });

  it('passes data of another content type when it is UTF-8', () => {
    expect(textOf(readDomainEvent(aRecord('<order/>', ce({ 'content-type': 'application/xml' }))))).toBe('<order/>');
    expect(textOf(readDomainEvent(aRecord('\ufeffa,b', ce({ ce_datacontenttype: 'text/csv' }))))).toBe('\ufeffa,b');
    expect(reasonOf(aRecord(Buffer.from([0xff]), ce({ 'content-type': 'text/plain' })))).toBe('UTF8_INVALID');
  });

  it('takes percent signs in header values as they stand', () => {
    expect(readDomainEvent(aRecord('1', ce({ ce_id: 'a%20b', ce_source: '/käse' })))).toMatchObject({ id: 'a%20b', source: '/käse' });
  });

  it('drops a trace context that is not valid', () => {
    for (const traceparent of [
      'x',
      '',
      TRACEPARENT.toUpperCase(),
      TRACEPARENT.replace('4bf92f3577b34da6a3ce929d0e0e4736', '0'.repeat(32)),
    ]) {
      expect(readDomainEvent(aRecord('1', ce({ traceparent }))).traceparent).toBeUndefined();
    }
  });

  it.each([
    ['CE_VERSION_UNSUPPORTED', aRecord('1', ce({ ce_specversion: '0.3' }))],
    ['CE_VERSION_UNSUPPORTED', aRecord('1', ce({ ce_specversion: null }))],
    ['CE_ATTRIBUTE_MISSING', aRecord('1', without('ce_id'))],
    ['CE_ATTRIBUTE_MISSING', aRecord('1', without('ce_source'))],
    ['EVENT_TYPE_MISSING', aRecord('1', without('ce_type'))],
    ['EVENT_TYPE_INVALID', aRecord('1', ce({ ce_type: 'order created' }))],
    ['EVENT_TYPE_INVALID', aRecord('1', ce({ ce_type: 'x'.repeat(129) }))],
    ['EVENT_TYPE_INVALID', aRecord('1', ce({ ce_type: '' }))],
    ['EVENT_ID_INVALID', aRecord('1', ce({ ce_id: '' }))],
    ['EVENT_ID_INVALID', aRecord('1', ce({ ce_id: 'x'.repeat(257) }))],
    ['EVENT_ID_INVALID', aRecord('1', ce({ ce_id: 'a\r\nset-cookie: b' }))],
    ['EVENT_ID_INVALID', aRecord('1', ce({ ce_id: 'ünïcode' }))],
    ['EVENT_ID_INVALID', aRecord('1', ce({ ce_id: ' padded' }))],
    ['EVENT_SOURCE_INVALID', aRecord('1', ce({ ce_source: '' }))],
    ['EVENT_SOURCE_INVALID', aRecord('1', ce({ ce_source: 'a\0b' }))],
    ['EVENT_SOURCE_INVALID', aRecord('1', ce({ ce_source: 'x'.repeat(1025) }))],
    ['EVENT_TIME_INVALID', aRecord('1', ce({ ce_time: 'yesterday' }))],
    ['EVENT_MEMBER_INVALID', aRecord('1', ce({ ce_accountid: '' }))],
    ['EVENT_MEMBER_INVALID', aRecord('1', ce({ ce_channelid: 'a\u0085' }))],
    ['CONTENT_TYPE_UNSUPPORTED', aRecord('1', ce({ 'content-type': 'a\r\nb' }))],
    ['CONTENT_TYPE_UNSUPPORTED', aRecord('1', ce({ 'content-type': 'json' }))],
    ['UTF8_INVALID', aRecord('1', ce({ ce_id: Buffer.from([0xff]) }))],
    ['JSON_INVALID', aRecord('1', ce({ ce_context: '{' }))],
    ['JSON_INVALID', aRecord('1', ce({ ce_context: '' }))],
    ['EVENT_TOO_LARGE', aRecord(`"${'x'.repeat(1_048_560)}"`, ce({ ce_context: '"0123456789abcdef"' }))],
  ])('%s %#', (reason, record) => {
    expect(reasonOf(record)).toBe(reason);
  });
});

describe('readDomainEvent, structured mode', () => {
  it('slices data and context out of the value as they were published', () => {
    const value = `{"specversion":"1.0","id":"e-1","source":"/shop","type":"order_created","time":"2026-11-20T10:00:00Z","accountid":"acme","channelid":"c-1",
      "datacontenttype":"application/json", "dataschema":"x", "context" : { "b": 2.50 } , "data" :  ${DATA}\n}`;
    const event = readDomainEvent(aRecord(value, STRUCTURED));
    expect({ ...event, data: textOf(event) }).toEqual({
      id: 'e-1', source: '/shop', type: 'order_created', time: '2026-11-20T10:00:00Z', accountId: 'acme', channelId: 'c-1', context: '{ "b": 2.50 }', dataContentType: 'application/json',
      traceparent: undefined, data: DATA,
    }); // prettier-ignore
  });

  it('goes by the content type, in any case, whatever other headers say', () => {
    const record = structured();
    expect(readDomainEvent({ ...record, headers: { 'Content-Type': 'Application/CloudEvents+JSON', ce_specversion: '1.0' } }).id).toBe(
      'e-1',
    );
  });

  it('decodes data_base64', () => {
    expect(textOf(readDomainEvent(structured({ data: undefined, data_base64: Buffer.from(DATA).toString('base64') })))).toBe(DATA);
    const xml = structured({ data: undefined, data_base64: Buffer.from('<a/>').toString('base64'), datacontenttype: 'text/xml' });
    expect(textOf(readDomainEvent(xml))).toBe('<a/>');
  });

  it('takes the text of a string as the data when the content type is not JSON', () => {
    expect(textOf(readDomainEvent(structured({ data: '<a>"é"</a>', datacontenttype: 'application/xml' })))).toBe('<a>"é"</a>');
    expect(textOf(readDomainEvent(structured({ data: 'text' })))).toBe('"text"');
    expect(textOf(readDomainEvent(structured({ data: { a: 1 }, datacontenttype: 'application/xml' })))).toBe('{"a":1}');
  });

  it.each([
    ['CE_VERSION_UNSUPPORTED', structured({ specversion: undefined })],
    ['CE_VERSION_UNSUPPORTED', structured({ specversion: 1 })],
    ['CE_ATTRIBUTE_MISSING', structured({ id: undefined })],
    ['CE_ATTRIBUTE_MISSING', structured({ source: null })],
    ['EVENT_TYPE_MISSING', structured({ type: undefined })],
    ['EVENT_DATA_MISSING', structured({ data: undefined })],
    ['EVENT_DATA_MISSING', structured({ data: undefined, data_base64: '' })],
    ['EVENT_MEMBER_INVALID', structured({ data_base64: 'MQ==' })],
    ['EVENT_MEMBER_INVALID', structured({ data: undefined, data_base64: 'M' })],
    ['EVENT_MEMBER_INVALID', structured({ data: undefined, data_base64: 'MQ==\n' })],
    ['EVENT_MEMBER_INVALID', structured({ accountid: 'a', accountId: 'b' })],
    ['JSON_INVALID', structured({ data: undefined, data_base64: Buffer.from('{').toString('base64') })],
    ['UTF8_INVALID', structured({ data: undefined, datacontenttype: 'text/plain', data_base64: '/w==' })],
    ['UTF8_INVALID', structured({ data: '\ud800', datacontenttype: 'text/plain' })],
    ['CONTENT_TYPE_UNSUPPORTED', structured({ datacontenttype: 'nonsense' })],
    ['CONTENT_TYPE_UNSUPPORTED', structured({ datacontenttype: 1 })],
    ['CONTENT_TYPE_UNSUPPORTED', aRecord('[]', { 'content-type': 'application/cloudevents-batch+json' })],
    ['CONTENT_TYPE_UNSUPPORTED', aRecord('Obj', { 'content-type': 'application/cloudevents+avro' })],
    ['JSON_NOT_OBJECT', aRecord('[]', STRUCTURED as never)],
    ['JSON_INVALID', aRecord('Obj', STRUCTURED as never)],
  ])('%s %#', (reason, record) => {
    expect(reasonOf(record)).toBe(reason);
  });
});

describe('readDomainEvent, plain JSON', () => {
  it('takes every member and slices data and context as they were published', () => {
    const value = ` {"type":"order_created","accountId":"acme","id":"e-1","channelId":"c-1","time":"2026-11-20T10:00:00Z","context":[1.0],"source":"/s","data":${DATA} } `;
    const event = readDomainEvent(aRecord(value, { 'content-type': 'application/octet-stream' }));
    expect({ ...event, data: textOf(event) }).toEqual({
      id: 'e-1', source: '/s', type: 'order_created', time: '2026-11-20T10:00:00Z', accountId: 'acme', channelId: 'c-1', context: '[1.0]', dataContentType: undefined, traceparent: undefined,
      data: DATA,
    }); // prettier-ignore
  });

  it('fills in id, time, source and account when they are missing or null', () => {
    const expected = {
      id: 'orders-3-42',
      time: '2026-11-20T12:00:00.007Z',
      accountId: 'default',
      source: '/accounts/default/topics/orders',
      channelId: undefined,
      context: undefined,
    };
    expect(readDomainEvent(plain())).toMatchObject(expected);
    expect(readDomainEvent(plain({ id: null, time: null, accountId: null, channelId: null, context: null, source: null }))).toMatchObject(
      expected,
    );
  });

  it('gives the same id in two accounts two sources', () => {
    const [a, b] = ['a', 'b/ö'].map((accountId) => readDomainEvent(plain({ id: '1001', accountId })).source);
    expect([a, b]).toEqual(['/accounts/a/topics/orders', '/accounts/b%2F%C3%B6/topics/orders']);
  });

  it('keeps the time within RFC 3339 when the record has an impossible timestamp', () => {
    const times = [-1, Number.NaN, 9e18].map((timestamp) => readDomainEvent({ ...plain(), timestamp }).time);
    expect(times).toEqual(['1970-01-01T00:00:00.000Z', '1970-01-01T00:00:00.000Z', '9999-12-31T23:59:59.999Z']);
  });

  it('takes data null as data', () => {
    expect(textOf(readDomainEvent(plain({ data: null })))).toBe('null');
  });

  it.each([
    ['EVENT_VALUE_MISSING', aRecord(null)],
    ['EVENT_VALUE_MISSING', aRecord('')],
    ['EVENT_TYPE_MISSING', plain({ type: undefined })],
    ['EVENT_TYPE_MISSING', plain({ type: null })],
    ['EVENT_TYPE_MISSING', aRecord('{"__proto__":{"type":"order_created"},"data":1}')],
    ['EVENT_TYPE_INVALID', plain({ type: 7 })],
    ['EVENT_ID_INVALID', plain({ id: 7 })],
    ['EVENT_ID_INVALID', plain({ id: '\ud800' })],
    ['EVENT_SOURCE_INVALID', plain({ source: {} })],
    ['EVENT_TIME_INVALID', plain({ time: 1_700_000_000 })],
    ['EVENT_TIME_INVALID', plain({ time: '2026-11-20' })],
    ['EVENT_MEMBER_INVALID', plain({ accountId: 1 })],
    ['EVENT_MEMBER_INVALID', plain({ accountId: '' })],
    ['EVENT_MEMBER_INVALID', plain({ accountId: '\ud800' })],
    ['EVENT_MEMBER_INVALID', plain({ channelId: ['c'] })],
    ['EVENT_DATA_MISSING', plain({ data: undefined })],
    ['JSON_DUPLICATE_MEMBER', aRecord('{"type":"a","type":"b","data":1}')],
    ['JSON_NOT_OBJECT', aRecord('[]')],
    ['JSON_NOT_OBJECT', aRecord('null')],
    ['JSON_INVALID', aRecord('{"type":"order_created","data":{"a":')],
    ['JSON_INVALID', aRecord('\ufeff{"type":"order_created","data":1}')],
    ['JSON_INVALID', aRecord('not json')],
    ['JSON_TOO_DEEP', aRecord(`{"type":"order_created","data":${'['.repeat(100)}${']'.repeat(100)}}`)],
    ['UTF8_INVALID', aRecord(Buffer.from('{"type":"order_created","data":"\xff"}', 'latin1'))],
    ['UTF8_INVALID', aRecord(Buffer.from('\ufeff{}', 'utf16le'))],
    ['EVENT_TOO_LARGE', aRecord(Buffer.alloc(1_048_577, ' '))],
  ])('%s %#', (reason, record) => {
    expect(reasonOf(record)).toBe(reason);
  });

  it('accepts exactly 1 MiB and 100 levels', () => {
    const frame = '{"type":"order_created","data":""}';
    expect(reasonOf(aRecord(frame.replace('""', `"${'x'.repeat(1_048_576 - frame.length)}"`)))).toBeUndefined();
    expect(reasonOf(aRecord(`{"type":"order_created","data":${'['.repeat(99)}${']'.repeat(99)}}`))).toBeUndefined();
  });
});

describe('readDomainEvent, properties', () => {
  const headerValue = fc.oneof(
    fc.uint8Array({ maxLength: 24 }).map((bytes) => Buffer.from(bytes)),
    fc.string().map((text) => Buffer.from(text)),
    fc.constant(null),
  );
  const headerName = fc.constantFrom(
    'ce_specversion', 'ce_id', 'ce_source', 'ce_type', 'ce_time', 'ce_accountid', 'ce_channelid', 'ce_context', 'content-type', 'traceparent', '__proto__', 'x',
  ); // prettier-ignore
  const member = fc.constantFrom(
    'type',
    'id',
    'source',
    'time',
    'accountId',
    'channelid',
    'context',
    'data',
    'data_base64',
    'specversion',
    '__proto__',
  );
  const value = fc.oneof(
    fc.uint8Array({ maxLength: 64 }).map((bytes) => Buffer.from(bytes)),
    fc
      .array(fc.tuple(member, fc.json()), { maxLength: 6 })
      .map((members) => Buffer.from(`{${members.map(([name, json]) => `"${name}":${json}`).join(',')}}`)),
  );
  const frames = fc.constantFrom({}, STRUCTURED, ce());

  it('throws nothing but ContractViolation, whatever the bytes and headers', () => {
    fc.assert(
      fc.property(
        frames,
        fc.dictionary(headerName, headerValue),
        value,
        (frame, headers, bytes) => void reasonOf(aRecord(bytes, { ...frame, ...headers })),
      ),
      { numRuns: 5_000 },
    );
  });

  it('hands on the bytes of the data in all three shapes', () => {
    fc.assert(
      fc.property(fc.json({ maxDepth: 5 }), fc.constantFrom('', ' ', '\n\t'), (json, space) => {
        fc.pre(json.isWellFormed());
        const body = `${space}${json}${space}`;
        const shapes = [
          aRecord(body, ce()),
          aRecord(`{"data":${body},"type":"a","id":"1","source":"s","specversion":"1.0"}`, STRUCTURED),
          aRecord(`{"type":"a","data":${body}}`),
        ];
        expect(shapes.map((record) => textOf(readDomainEvent(record)))).toEqual([body, json, json]);
      }),
    );
  });

  it('reads back what encodeDomainEvent wrote', () => {
    const text = fc.string({ minLength: 1, maxLength: 20, unit: fc.constantFrom(...'abcXYZ019-_/.ö') });
    fc.assert(
      fc.property(
        text,
        text,
        fc.option(text, { nil: undefined }),
        fc.option(fc.json(), { nil: undefined }),
        fc.json(),
        (source, accountId, channelId, context, json) => {
          fc.pre([context ?? '', json].every((each) => each.isWellFormed()) && context !== 'null');
          const event: DomainEvent = {
          id: 'e-1', source, type: 'order_created', time: '2026-11-20T10:00:00Z', accountId, channelId, context, dataContentType: 'application/json', traceparent: TRACEPARENT,
          data: Buffer.from(json),
        }; // prettier-ignore
          const { value, headers } = encodeDomainEvent(event);
          expect(readDomainEvent(aRecord(value, headers as never))).toEqual(event);
        },
      ),
    );
  });
});
