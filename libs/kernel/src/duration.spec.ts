import { describe, expect, it } from '@jest/globals';
import { durationMs } from './duration.js';

describe('a duration', () => {
  it.each([
    ['0s', 0],
    ['500ms', 500],
    ['5s', 5_000],
    ['05s', 5_000],
    ['30m', 1_800_000],
    ['2h', 7_200_000],
    ['7d', 604_800_000],
  ])('%s is %i ms', (text, ms) => {
    expect(durationMs(text)).toBe(ms);
  });

  it.each(['', '5', 's', '5 s', '-5s', '1.5h', '1h30m', '5S', '5w', '1e3s', '٥s', '5s\n', '1234567890s'])('%j is none', (text) => {
    expect(durationMs(text)).toBeUndefined();
  });
});
