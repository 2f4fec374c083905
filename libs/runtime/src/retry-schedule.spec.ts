import { describe, expect, it } from '@jest/globals';
import { parseDuration, parseRetrySchedule, retryDelays } from './retry-schedule.js';

describe('parseDuration', () => {
  it('reads a number with its unit, and nothing else', () => {
    expect(['250ms', '30s', '5m', '12h', '5d'].map(parseDuration)).toEqual([250, 30_000, 300_000, 43_200_000, 432_000_000]);
    for (const text of ['', '5', '0d', '-1d', '5 d', '1w', '1.5h', '5d5h']) expect(() => parseDuration(text)).toThrow('must be a number');
  });
});

describe('a retry schedule', () => {
  it('is read with spaces around its delays or without', () => {
    expect(retryDelays('1s, 5m ,2h')).toEqual(['1s', '5m', '2h']);
    expect(parseRetrySchedule('1s, 5m ,2h')).toEqual([1_000, 300_000, 7_200_000]);
  });

  it.each(['1s,', ',', 'soon', '1s,0s', '1s;2s'])('is not %j', (schedule) => {
    expect(() => parseRetrySchedule(schedule)).toThrow('must be a number');
  });
});
