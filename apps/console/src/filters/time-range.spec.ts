import { describe, expect, it } from 'vitest';
import { fieldOf, isWithin, timeOfField, timeQuery, timeRangeOf } from './time-range';

const NOW = Date.parse('2026-11-21T10:00:00Z');

describe('a span of time in an address', () => {
  it('is a named one up to now, which begins anew with each question', () => {
    expect(timeRangeOf({ range: '24h', from: '2026-01-01' })).toEqual({ range: '24h' });
    expect(timeQuery({ range: '1h' }, NOW)).toEqual({ from: '2026-11-21T09:00:00.000Z' });
  });

  it('or lies between two times, each of which may be missing', () => {
    expect(timeRangeOf({ from: '2026-11-20T00:00:00+01:00' })).toEqual({ from: '2026-11-19T23:00:00.000Z' });
  });

  it('passes over what is no time', () => {
    expect(timeRangeOf({ range: 'ever', from: 'x', to: 7 })).toEqual({});
  });

  it('begins with its first moment and ends before its last', () => {
    const range = { from: '2026-11-21T09:00:00.000Z', to: '2026-11-21T10:00:00.000Z' };
    expect([range.from, range.to].map((time) => isWithin(time, range))).toEqual([true, false]);
    expect(isWithin('2026-11-21T08:59:59Z', { range: '1h' }, NOW)).toBe(false);
  });

  it('is typed in the zone in which times are shown', () => {
    const typed = fieldOf('2026-11-21T10:15:30.000Z', 'utc');
    expect(typed).toBe('2026-11-21T10:15');
    expect(timeOfField(typed, 'utc')).toBe('2026-11-21T10:15:00.000Z');
    expect(timeOfField(fieldOf('2026-11-21T10:15:00.000Z', 'local'), 'local')).toBe('2026-11-21T10:15:00.000Z');
    expect(timeOfField('2026-11', 'utc')).toBeUndefined();
  });
});
