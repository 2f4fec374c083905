import { describe, expect, it } from '@jest/globals';
import { quantile, spread } from './statistics.js';

describe('benchmark statistics', () => {
  it('give the nearest-rank quantile', () => {
    const samples = Array.from({ length: 100 }, (_, i) => i + 1);
    expect(quantile(samples, 0.5)).toBe(50);
    expect(quantile(samples, 0.99)).toBe(99);
    expect(quantile(samples, 1)).toBe(100);
    expect(quantile([7], 0.01)).toBe(7);
    expect(quantile([], 0.5)).toBe(0);
  });

  it('give median, min and max of runs in any order', () => {
    expect(spread([3, 1, 2])).toEqual({ median: 2, min: 1, max: 3 });
  });
});
