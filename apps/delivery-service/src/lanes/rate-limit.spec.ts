import { describe, expect, it } from '@jest/globals';
import { RateLimit } from './rate-limit.js';

function taken(limit: RateLimit, from: number, to: number, stepMs: number): number[] {
  const times: number[] = [];
  for (let now = from; now < to; now += stepMs) while (limit.take(now)) times.push(now);
  return times;
}

describe('RateLimit', () => {
  it.each([1, 5, 15, 100, 1000])('lets %i a second pass, evenly, whatever the grain of the timer', (rate) => {
    const limit = new RateLimit(rate);
    const times = taken(limit, 0, 10_000, 50);
    expect(Math.abs(times.length - 10 * rate)).toBeLessThanOrEqual(Math.max(1, rate * 0.06));
    for (let start = 0; start < 9000; start += 500) {
      expect(times.filter((at) => at >= start && at < start + 1000).length).toBeLessThanOrEqual(Math.ceil(rate * 1.06) + 1);
    }
  });

  it('saves nothing up while it rests', () => {
    const limit = new RateLimit(5);
    limit.take(0);
    expect(taken(limit, 60_000, 61_000, 10)).toHaveLength(5);
  });

  it('knows when the way will be free', () => {
    const limit = new RateLimit(2);
    expect([limit.waitMs(1, 0), limit.waitMs(3, 0)]).toEqual([0, 1000]);
    limit.take(0);
    expect([limit.waitMs(1, 250), limit.waitMs(2, 250)]).toEqual([250, 750]);
  });

  it('follows a new rate, and survives a clock that is set back', () => {
    const limit = new RateLimit(0.01);
    limit.take(0);
    limit.change(1, 0);
    expect([limit.take(999), limit.take(1000), limit.take(-5000), limit.take(-4000)]).toEqual([false, true, false, true]);
  });
});
