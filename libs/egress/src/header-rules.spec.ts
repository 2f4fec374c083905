import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { checkHeader } from './header-rules.js';

describe('checkHeader', () => {
  it.each([
    ['X-Env', 'prod'],
    ['authorization', 'Bearer abc.def'],
    ['x-api-key', ''],
    ['accept', 'a b\tc'],
    ['x-webhook-id', '1'],
    ['x-real-ip', '203.0.113.7'],
    ['tracestate', 'vendor=1'],
    ['x-forwarded', 'a'],
    ['x-aws-ec2-metadata-token', 'a'],
    ['origin', 'https://example.com'],
    ['accept', 'application/json'],
    ['cache-control', 'no-store'],
    ['range', 'bytes=0-1'],
  ])('accepts %s: %j', (name, value) => {
    expect(checkHeader(name, value)).toEqual({ ok: true });
  });

  it.each([
    'Host',
    'connection',
    'Keep-Alive',
    'proxy-authorization',
    'te',
    'trailer',
    'transfer-encoding',
    'upgrade',
    'expect',
    'content-type',
    'Content-Length',
    'cookie',
    'forwarded',
    'X-Forwarded-For',
    'via',
    'webhook-signature',
    'WEBHOOK-ID',
    'x-hookstream-event',
    'user-agent',
    'metadata',
    'Metadata-Flavor',
    'Accept-Encoding',
    'traceparent',
    'http2-settings',
  ])('refuses %s, which is not for a webhook to set', (name) => {
    expect(checkHeader(name, 'x')).toMatchObject({ ok: false, rule: 'egress.header-forbidden' });
  });

  it.each(['', 'a b', 'a:', 'ä', 'a\n', 'a\u0000', '(a)', 'a@b'])('refuses the name %j', (name) => {
    expect(checkHeader(name, 'x')).toMatchObject({ ok: false, rule: 'egress.header-name' });
  });

  it.each(['a\r\nx-evil: 1', 'a\n', '\u0000', 'é', '✓', ' a', 'a ', '\t', 'a\u007f'])('refuses the value %j', (value) => {
    expect(checkHeader('x-a', value)).toMatchObject({ ok: false, rule: 'egress.header-value' });
  });

  it('refuses a header of more than 4 KiB, and does not repeat values in messages', () => {
    expect(checkHeader('x-a', 'a'.repeat(4093))).toEqual({ ok: true });
    expect(checkHeader('x-a', 'a'.repeat(4094))).toMatchObject({ ok: false, rule: 'egress.header-length' });
    expect(JSON.stringify(checkHeader('x-a', 'geheim\u0000'))).not.toContain('geheim');
  });

  it('refuses every name that the rule lists, whatever its case, its ending and its hyphens', () => {
    const names = fc.constantFrom(
      ...'host connection keep-alive te trailer transfer-encoding upgrade expect cookie forwarded via user-agent accept-encoding traceparent'.split(
        ' ',
      ),
    );
    const prefixes = fc.constantFrom('proxy-', 'content-', 'x-forwarded-', 'webhook-', 'x-hookstream-', 'metadata', 'metadata-');
    const ending = fc.stringMatching(/^[a-z0-9-]{0,20}$/);
    const name = fc.oneof(
      names,
      fc.tuple(prefixes, ending).map((parts) => parts.join('')),
    );
    const spelt = fc
      .tuple(name, fc.infiniteStream(fc.nat(2)))
      .map(([text, choices]) =>
        [...text].map((char) => [char, char.toUpperCase(), char === '-' ? '_' : char][choices.next().value as number]!).join(''),
      );
    fc.assert(
      fc.property(spelt, (header) => {
        expect(checkHeader(header, 'x')).toMatchObject({ ok: false, rule: 'egress.header-forbidden' });
      }),
      { numRuns: 2000 },
    );
  });

  it('never accepts anything that breaks a line', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), fc.string({ unit: 'binary' }), (name, value) => {
        if (checkHeader(name, value).ok) expect(`${name}${value}`).not.toMatch(/[^\t\x20-\x7e]/);
      }),
    );
  });
});
