import { LATENCY_BOUNDS_MS } from '../history-schema/index.js';
import { OUTCOME_CLASSES, type OutcomeClass } from './outcome-classes.js';

/** Attempts counted, as they are stored. */
export interface RawCounts {
  readonly succeeded: number;
  readonly failed: number;
  /** Those that were the first of their delivery. */
  readonly deliveries: number;
  readonly outcomes: Readonly<Record<OutcomeClass, number>>;
  /** By duration: index i counts those of at most `LATENCY_BOUNDS_MS[i]`; the last one the rest. */
  readonly latency: readonly number[];
}

/** Attempts counted, as callers see them. */
export interface AttemptCounts {
  readonly attempts: number;
  readonly succeeded: number;
  readonly failed: number;
  /** Attempts that were the first of their delivery. */
  readonly deliveries: number;
  readonly outcomes: Readonly<Record<OutcomeClass, number>>;
  /** 0 to 1; null without attempts. */
  readonly successRate: number | null;
  /** Milliseconds; null without attempts. */
  readonly latency: { readonly p50: number | null; readonly p95: number | null; readonly p99: number | null };
}

export function emptyCounts(): RawCounts {
  const outcomes = Object.fromEntries(OUTCOME_CLASSES.map((name) => [name, 0])) as Record<OutcomeClass, number>;
  return { succeeded: 0, failed: 0, deliveries: 0, outcomes, latency: new Array<number>(LATENCY_BOUNDS_MS.length + 1).fill(0) };
}

export function sumOf(all: readonly RawCounts[]): RawCounts {
  return all.reduce((sum, counts) => {
    const outcomes = OUTCOME_CLASSES.map((name) => [name, sum.outcomes[name] + counts.outcomes[name]] as const);
    return {
      succeeded: sum.succeeded + counts.succeeded,
      failed: sum.failed + counts.failed,
      deliveries: sum.deliveries + counts.deliveries,
      outcomes: Object.fromEntries(outcomes) as Record<OutcomeClass, number>,
      latency: sum.latency.map((count, i) => count + counts.latency[i]!),
    };
  }, emptyCounts());
}

export function countsView({ succeeded, failed, deliveries, outcomes, latency }: RawCounts): AttemptCounts {
  const attempts = succeeded + failed;
  return {
    ...{ attempts, succeeded, failed, deliveries, outcomes },
    successRate: attempts === 0 ? null : Math.round((succeeded / attempts) * 10_000) / 10_000,
    latency: { p50: percentile(latency, 0.5), p95: percentile(latency, 0.95), p99: percentile(latency, 0.99) },
  };
}

/**
 * The duration that this share of the attempts does not exceed. Within the bounds where it lies, the attempts are taken as
 * spread evenly; beyond the last bound, that bound is all that is known.
 */
export function percentile(latency: readonly number[], share: number): number | null {
  const total = latency.reduce((sum, count) => sum + count, 0);
  if (total === 0) return null;
  const wanted = share * total;
  let before = 0;
  for (const [i, count] of latency.entries()) {
    if (count > 0 && before + count >= wanted) {
      const low = LATENCY_BOUNDS_MS[i - 1] ?? 0;
      const high = LATENCY_BOUNDS_MS[i] ?? low;
      return Math.round((low + ((high - low) * (wanted - before)) / count) * 10) / 10;
    }
    before += count;
  }
  return LATENCY_BOUNDS_MS.at(-1)!;
}
