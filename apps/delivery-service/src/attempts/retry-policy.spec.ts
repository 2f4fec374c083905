import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { Verdict } from './attempt.js';
import { IMMEDIATE_DELAYS, nextAttemptAt, retryAfterMs } from './retry-policy.js';

const NOW = Date.parse('2026-11-20T10:00:00Z');
const rules = { attempts: 3, ...IMMEDIATE_DELAYS };
const failed = (changes: Partial<Extract<Verdict, { status: 'failed' }>> = {}): Verdict => ({
  status: 'failed',
  statusCode: 500,
  errorClass: 'http_5xx',
  error: 'the receiver answered 500',
  final: false,
  retryAfter: null,
  ...changes,
});

describe('nextAttemptAt', () => {
  it('waits 200 ms, then 400 ms, give or take a fifth', () => {
    const delay = (attempt: number, random: number) => nextAttemptAt(attempt, failed(), rules, NOW, random)! - NOW;
    expect([delay(1, 0), delay(1, 0.5), delay(1, 1)]).toEqual([160, 200, 240]);
    expect([delay(2, 0), delay(2, 0.5), delay(2, 1)]).toEqual([320, 400, 480]);
  });

  it('gives no attempt beyond the last, after a success, or after a final failure', () => {
    expect(nextAttemptAt(3, failed(), rules, NOW, 0.5)).toBeUndefined();
    expect(nextAttemptAt(7, failed(), rules, NOW, 0.5)).toBeUndefined();
    expect(nextAttemptAt(1, { status: 'succeeded', statusCode: 200 }, rules, NOW, 0.5)).toBeUndefined();
    expect(nextAttemptAt(1, failed({ final: true }), rules, NOW, 0.5)).toBeUndefined();
  });

  it('takes Retry-After as a floor, capped while retries wait in memory', () => {
    const delay = (retryAfter: string) => nextAttemptAt(1, failed({ retryAfter }), rules, NOW, 0.5)! - NOW;
    expect([delay('0'), delay('2'), delay('3600'), delay('garbage'), delay('-1'), delay('1e9')]).toEqual([200, 2000, 5000, 200, 200, 200]);
  });

  it('is never in the past and never further than the cap, whatever the receiver says', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 100 }),
        fc.string(),
        fc.double({ min: 0, max: 1, noNaN: true }),
        (attempt, retryAfter, random) => {
          const at = nextAttemptAt(attempt, failed({ retryAfter }), { ...rules, attempts: 200 }, NOW, random)!;
          expect(at >= NOW && at <= NOW + rules.maxDelayMs).toBe(true);
        },
      ),
    );
  });
});

describe('retryAfterMs', () => {
  it.each([
    ['0', 0],
    ['120', 120_000],
    [' 5 ', 5000],
    ['1000000000', 1e12],
    ['Fri, 20 Nov 2026 10:01:00 GMT', 60_000],
    ['Friday, 20-Nov-26 10:01:00 GMT', 60_000],
    ['Fri, 20 Nov 2026 09:00:00 GMT', 0],
    ['-1', undefined],
    ['1.5', undefined],
    ['', undefined],
    ['soon', undefined],
    ['2026-11-20', undefined],
    ['Monday', undefined],
  ])('reads %j as %j', (text, expected) => {
    expect(retryAfterMs(text, NOW)).toBe(expected);
  });
});
