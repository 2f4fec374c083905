import { describe, expect, it } from 'vitest';
import { clockTime, isoTime, relativeTime } from './time-format';

const NOW = Date.parse('2026-11-21T10:00:00Z');

describe('times', () => {
  it.each([
    ['2026-11-21T09:59:58Z', 'now'],
    ['2026-11-21T09:59:20Z', '40 sec. ago'],
    ['2026-11-21T09:57:00Z', '3 min. ago'],
    ['2026-11-21T10:05:00Z', 'in 5 min.'],
    ['2026-11-21T04:00:00Z', '6 hr. ago'],
    ['2026-11-20T10:00:00Z', 'yesterday'],
    ['2026-07-21T10:00:00Z', '4 mo. ago'],
  ])('says %s as %s', (iso, words) => {
    expect(relativeTime(Date.parse(iso), NOW, 'en')).toBe(words);
  });

  it('are exact to the millisecond in ISO form with their zone', () => {
    const time = new Date('2026-11-21T10:03:07.120Z');
    expect(isoTime(time, 'utc')).toBe('2026-11-21T10:03:07.120Z');
    expect(Date.parse(isoTime(time, 'local'))).toBe(time.getTime());
    expect(isoTime(time, 'local')).toMatch(/[+-]\d\d:\d\d$/);
  });

  it('name the day when it is another one', () => {
    expect(clockTime(new Date('2026-11-21T09:03:00Z'), new Date(NOW), 'utc', 'en')).toBe('09:03');
    expect(clockTime(new Date('2026-11-20T09:03:00Z'), new Date(NOW), 'utc', 'en')).toBe('Nov 20, 09:03');
  });
});
