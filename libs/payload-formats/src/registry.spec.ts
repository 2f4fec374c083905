import { describe, expect, it } from '@jest/globals';
import { PAYLOAD_FORMATS, type DomainEvent } from '#libs/contracts';
import { payloadFormat, payloadFormatNames } from './registry.js';

const event: DomainEvent = { id: 'e', source: 's', type: 't', time: '2026-11-20T00:00:00Z', accountId: 'a', data: Buffer.from('{}') };

describe('payloadFormat', () => {
  it('knows every format that a webhook may name', () => {
    expect([...payloadFormatNames].sort()).toEqual([...PAYLOAD_FORMATS].sort());
    for (const name of payloadFormatNames) expect(payloadFormat(name).name).toBe(name);
  });

  it.each(['', 'default', '__proto__', 'JSON'])('refuses %j', (name) => {
    expect(() => payloadFormat(name)).toThrow(expect.objectContaining({ code: 'PAYLOAD_FORMAT_UNKNOWN' }));
  });

  it.each([
    ['DEFAULT', 'application/json'],
    ['Z_API', 'application/json'],
    ['ENVELOPE', 'application/json'],
    ['STANDARD', 'application/json'],
    ['CLOUDEVENTS', 'application/cloudevents+json'],
    ['RAW', 'application/json'],
    ['XML', 'application/xml'],
  ])('sends %s as %s', (name, contentType) => {
    expect(payloadFormat(name).contentType(event)).toBe(contentType);
  });
});
