import { describe, expect, it } from 'vitest';
import { durationMs, durationWords } from './duration';
import { plannedAttempts } from './retry-times';

describe('a retry schedule', () => {
  it('adds up the delays', () => {
    expect(plannedAttempts(['5s', '1m'])).toEqual([
      { attempt: 1, delayMs: 0, afterMs: 0 },
      { attempt: 2, delayMs: 5_000, afterMs: 5_000 },
      { attempt: 3, delayMs: 60_000, afterMs: 65_000 },
    ]);
  });

  it('is unknown while a delay cannot be read', () => {
    expect(plannedAttempts(['5s', 'soon'])).toBeUndefined();
  });
});

describe('a duration', () => {
  it.each([
    [500, '500 ms'],
    [0, '0 s'],
    [90_000, '1 min 30 s'],
    [86_400_000, '1 d'],
    [90_061_000, '1 d 1 h'],
  ])('of %i ms reads %s', (ms, words) => {
    expect(durationWords(ms)).toBe(words);
  });

  it('is read as the API reads it', () => {
    expect(durationMs('30m')).toBe(1_800_000);
    expect(durationMs('1.5h')).toBeUndefined();
  });
});
