import { describe, expect, it } from '@jest/globals';
import { timeOf, timestampOf } from './timestamp.js';

describe('timestamps', () => {
  it.each([
    ['2026-11-20T10:15:30Z', { seconds: 1_795_169_730, nanos: 0 }],
    ['2026-11-20T10:15:30.123456789Z', { seconds: 1_795_169_730, nanos: 123_456_789 }],
    ['1969-12-31T23:59:59.5Z', { seconds: -1, nanos: 500_000_000 }],
    ['0001-01-01T00:00:00Z', { seconds: -62_135_596_800, nanos: 0 }],
    ['9999-12-31T23:59:59.999Z', { seconds: 253_402_300_799, nanos: 999_000_000 }],
  ])('%s there and back', (time, timestamp) => {
    expect(timestampOf(time)).toEqual(timestamp);
    expect(timeOf(timestamp)).toBe(time);
  });

  it.each([
    { seconds: 253_402_300_800 },
    { seconds: -62_135_596_801 },
    { nanos: -1 },
    { nanos: 1_000_000_000 },
    { seconds: Number.MAX_SAFE_INTEGER },
  ])('what is no time of RFC 3339 becomes a text that is none: %j', (timestamp) => {
    expect(Date.parse(timeOf(timestamp))).toBeNaN();
  });

  it('absent members are zero, as on the wire', () => {
    expect(timeOf({})).toBe('1970-01-01T00:00:00Z');
  });
});
