import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { aDeliveryRequest } from '#libs/testing';
import type { Verdict } from './attempt.js';
import { nextAttemptAt, retryAfterMs } from './retry-policy.js';

const NOW = Date.parse('2026-11-20T10:00:00Z');
const DAY_MS = 86_400_000;
const rules = { scheduleMs: [5000, 300_000], maxAgeMs: 7 * DAY_MS };
const failed = (changes: Partial<Extract<Verdict, { status: 'failed' }>> = {}): Verdict => ({
  status: 'failed',
  statusCode: 500,
  errorClass: 'http_5xx',
  error: 'the receiver answered 500',
  final: false,
  retryAfter: null,
  ...changes,
});
const request = (attempt = 1) => aDeliveryRequest({ attempt, requestedAt: '2026-11-20T10:00:00Z' });
const next = (attempt: number, verdict = failed(), random = 0.5) => nextAttemptAt(request(attempt), verdict, null, rules, NOW, random);

describe('nextAttemptAt', () => {
  it('follows the schedule, give or take a fifth', () => {
    expect([next(1, failed(), 0), next(1), next(1, failed(), 1)].map((at) => at! - NOW)).toEqual([4000, 5000, 6000]);
    expect([next(2, failed(), 0), next(2), next(2, failed(), 1)].map((at) => at! - NOW)).toEqual([240_000, 300_000, 360_000]);
  });

  it('gives no attempt beyond the last, after a success, after a final failure, or to a test', () => {
    expect(next(3)).toBeUndefined();
    expect(next(1, { status: 'succeeded', statusCode: 200 })).toBeUndefined();
    expect(next(1, failed({ final: true }))).toBeUndefined();
    expect(nextAttemptAt({ ...request(), trigger: 'test' }, failed(), null, rules, NOW, 0.5)).toBeUndefined();
  });

  it('follows the schedule of the webhook where it has one, and its final statuses', () => {
    const own = (scheduleMs: number[] | null, finalStatuses: number[] = []) =>
      nextAttemptAt(request(), failed(), { scheduleMs, finalStatuses }, rules, NOW, 0.5);
    expect(own([1000])! - NOW).toBe(1000);
    expect(own(null)! - NOW).toBe(5000);
    expect(own([])).toBeUndefined();
    expect(own(null, [404, 500])).toBeUndefined();
    expect(own(null, [404])).toBeDefined();
  });

  it('takes Retry-After as a floor of a day at most', () => {
    const delay = (retryAfter: string) => next(1, failed({ retryAfter }))! - NOW;
    expect(['0', '2', '60', 'Fri, 20 Nov 2026 10:01:00 GMT'].map(delay)).toEqual([5000, 5000, 60_000, 60_000]);
    expect(['1000000000', 'Sat, 20 Nov 2027 10:01:00 GMT'].map(delay)).toEqual([DAY_MS, DAY_MS]);
    expect(['-1', '1e9', '1.5', 'garbage', ''].map(delay)).toEqual([5000, 5000, 5000, 5000, 5000]);
  });

  it('is due when the delivery expires, not after', () => {
    const late = { ...request(), requestedAt: new Date(NOW - 7 * DAY_MS + 1000).toISOString() };
    expect(nextAttemptAt(late, failed(), null, rules, NOW, 0.5)).toBe(NOW + 1000);
  });

  it('is never in the past and never further than the schedule and a day, whatever the receiver says', () => {
    const delays = fc.double({ min: 0, max: 1, noNaN: true });
    fc.assert(
      fc.property(fc.string(), delays, (retryAfter, random) => {
        const at = next(1, failed({ retryAfter }), random)!;
        expect(at >= NOW && at <= NOW + DAY_MS).toBe(true);
      }),
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
