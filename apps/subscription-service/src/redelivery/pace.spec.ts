import { describe, expect, it } from '@jest/globals';
import { OwnPaces, Pace } from './pace.js';

describe('the pace of a webhook with a rate limit', () => {
  it('lets no more go than it takes', () => {
    const paces = new OwnPaces();
    let sent = 0;
    for (let now = 0; now < 10_000; now += 100) {
      const count = paces.allowance('r', 8, 25, now);
      paces.went('r', 8, count, now);
      sent += count;
    }
    expect(sent).toBeGreaterThan(60);
    expect(sent).toBeLessThanOrEqual(82);
  });

  it('is that of all where there is none', () => {
    expect(new OwnPaces().allowance('r', undefined, 25, 0)).toBe(25);
  });
});

describe('the pace of all redeliveries', () => {
  it('is what is allowed, a few at a time', async () => {
    const pace = new Pace(200);
    const { signal } = new AbortController();
    const begun = performance.now();
    for (let n = 0; n < 40; n++) await pace.turn(signal);
    // What it was behind by at first, it may make up for.
    expect(performance.now() - begun).toBeGreaterThan(100);
  });

  it('ends at once when it is told to', async () => {
    const pace = new Pace(1);
    const stop = new AbortController();
    await pace.turn(stop.signal);
    const waiting = pace.turn(stop.signal);
    stop.abort();
    expect(await waiting).toBe(false);
  });
});
