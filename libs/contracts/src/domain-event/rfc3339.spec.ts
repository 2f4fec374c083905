import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { parseRfc3339, printRfc3339 } from './rfc3339.js';

describe('parseRfc3339', () => {
  it.each([
    ['2026-11-20T10:00:00Z', Date.UTC(2026, 10, 20, 10)],
    ['2026-11-20t10:00:00z', Date.UTC(2026, 10, 20, 10)],
    ['2026-11-20T10:00:00.123456789+01:30', Date.UTC(2026, 10, 20, 8, 30, 0, 123)],
    ['2024-02-29T23:59:59-23:59', Date.UTC(2024, 2, 1, 23, 58, 59)],
    ['0001-01-01T00:00:00Z', -62_135_596_800_000],
  ])('reads %s', (text, ms) => {
    expect(parseRfc3339(text)).toBe(ms);
  });

  it.each([
    '', '2026-11-20', '2026-11-20T10:00Z', '2026-11-20 10:00:00Z', '2026-11-20T10:00:00', '2026-11-20T24:00:00Z', '2026-13-01T00:00:00Z', '2026-02-29T00:00:00Z', '1900-02-29T00:00:00Z',
    '2026-04-31T00:00:00Z', '2026-00-10T00:00:00Z', '2026-01-00T00:00:00Z', '2026-11-20T10:60:00Z', '2026-12-31T23:59:60Z', '2026-11-20T10:00:00.Z', '2026-11-20T10:00:00+24:00',
    '2026-11-20T10:00:00+0100', '+02026-11-20T10:00:00Z', '2026-11-20T10:00:00Z\n', ' 2026-11-20T10:00:00Z', `2026-11-20T10:00:00.${'1'.repeat(31)}Z`,
  ])('refuses %j', (text) => {
    expect(parseRfc3339(text)).toBeUndefined();
  }); // prettier-ignore

  it('reads what printRfc3339 writes', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: Date.UTC(9999, 11, 31) }), (ms) => {
        expect(parseRfc3339(printRfc3339(ms))).toBe(ms);
      }),
    );
  });
});
