import { describe, expect, it } from '@jest/globals';
import { LATENCY_BOUNDS_MS } from '../history-schema/index.js';
import { countsView, emptyCounts, percentile, sumOf } from './stat-counts.js';

const latencyOf = (durations: readonly number[]): number[] => {
  const counts = emptyCounts().latency.slice();
  for (const duration of durations) {
    const index = LATENCY_BOUNDS_MS.findIndex((bound) => duration <= bound);
    counts[index < 0 ? LATENCY_BOUNDS_MS.length : index]!++;
  }
  return counts;
};

describe('percentiles of counts by duration', () => {
  it('lie within the bounds of the attempt that they fall on', () => {
    const durations = Array.from({ length: 1_000 }, (_, i) => 1 + ((i * 7_919) % 12_000));
    const sorted = [...durations].sort((a, b) => a - b);
    const counts = latencyOf(durations);
    for (const share of [0.5, 0.95, 0.99]) {
      const exact = sorted[Math.ceil(share * sorted.length) - 1]!;
      const found = percentile(counts, share)!;
      expect(Math.abs(found - exact) / exact).toBeLessThan(0.4);
    }
  });

  it('are not there without attempts, and know no more than the last bound', () => {
    expect(percentile(latencyOf([]), 0.5)).toBeNull();
    expect(percentile(latencyOf([60_000]), 0.99)).toBe(30_000);
  });
});

describe('counts', () => {
  it('add up', () => {
    const one = {
      ...emptyCounts(),
      succeeded: 3,
      failed: 1,
      deliveries: 2,
      outcomes: { ...emptyCounts().outcomes, success: 3, http5xx: 1 },
    };
    expect(countsView(sumOf([one, one]))).toMatchObject({
      attempts: 8,
      deliveries: 4,
      successRate: 0.75,
      outcomes: { success: 6, http5xx: 2 },
    });
    expect(countsView(sumOf([]))).toMatchObject({ attempts: 0, successRate: null });
  });
});
