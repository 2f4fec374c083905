import { describe, expect, it } from '@jest/globals';
import { TokenBuckets } from './token-buckets.js';

describe('a token bucket', () => {
  const aBucket = (maxBuckets?: number) => new TokenBuckets({ perSecond: 2, burst: 3 }, maxBuckets);
  const takes = (buckets: TokenBuckets, times: number, now: number) =>
    Array.from({ length: times }, () => buckets.take('a', now).allowed).filter(Boolean).length;

  it('gives its burst at once and then its rate', () => {
    const buckets = aBucket();
    expect(takes(buckets, 10, 0)).toBe(3);
    expect(takes(buckets, 10, 500)).toBe(1);
    expect(takes(buckets, 10, 60_000)).toBe(3);
  });

  it('says what is left, when it is full again and when the next token comes', () => {
    const buckets = aBucket();
    expect(buckets.take('a', 0)).toEqual({ allowed: true, remaining: 2, resetSeconds: 1, retryAfterSeconds: 0 });
    takes(buckets, 2, 0);
    expect(buckets.take('a', 0)).toEqual({ allowed: false, remaining: 0, resetSeconds: 2, retryAfterSeconds: 1 });
  });

  it('is one of each name', () => {
    const buckets = aBucket();
    expect(takes(buckets, 3, 0)).toBe(3);
    expect(buckets.take('b', 0).allowed).toBe(true);
  });

  it('is not hurt by a clock that goes back', () => {
    const buckets = aBucket();
    takes(buckets, 3, 1_000);
    expect(buckets.take('a', 0).allowed).toBe(false);
    expect(buckets.take('a', 500).allowed).toBe(true);
  });

  it('is forgotten when it was used longest ago and there are too many', () => {
    const buckets = aBucket(2);
    takes(buckets, 3, 0);
    buckets.take('b', 0);
    buckets.take('a', 0);
    buckets.take('c', 0);
    expect(buckets.take('a', 0).allowed).toBe(false);
    expect(buckets.take('b', 0).remaining).toBe(2);
  });
});
