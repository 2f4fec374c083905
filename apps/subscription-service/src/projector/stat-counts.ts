import { type DeliveryAttemptedV1, ERROR_CLASSES } from '#libs/contracts';
import { BUCKET_SECONDS, LATENCY_BOUNDS_MS } from '../history-schema/index.js';

/** What attempts add to one bucket of the statistics. */
export interface StatCounts {
  /** '' for the account in all. */
  readonly webhookId: string;
  readonly accountId: string;
  readonly seconds: number;
  /** Milliseconds since the epoch. */
  readonly start: number;
  succeeded: number;
  failed: number;
  /** Answers 1xx to 5xx, then attempts without one. */
  readonly codes: number[];
  /** Failed attempts by `ERROR_CLASSES`. */
  readonly errors: number[];
  /** By `LATENCY_BOUNDS_MS`. */
  readonly latency: number[];
  durationMs: number;
  /** First attempts. */
  deliveries: number;
}

const NO_ANSWER = 5;

/** Counts by account, webhook and the account in all, width and start of the bucket, in the order of these; tests count nowhere. */
export function countAttempts(attempts: readonly DeliveryAttemptedV1[]): StatCounts[] {
  const buckets = new Map<string, StatCounts>();
  for (const attempt of attempts) {
    if (attempt.trigger === 'test') continue;
    for (const webhookId of [attempt.webhookId, '']) {
      for (const seconds of BUCKET_SECONDS) {
        const width = seconds * 1000;
        const start = Math.floor(Date.parse(attempt.attemptedAt) / width) * width;
        const key = `${JSON.stringify(attempt.accountId)} ${webhookId} ${String(seconds).padStart(5)} ${start}`;
        let counts = buckets.get(key);
        if (!counts) buckets.set(key, (counts = emptyBucket(attempt.accountId, webhookId, seconds, start)));
        count(counts, attempt);
      }
    }
  }
  return [...buckets].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, counts]) => counts);
}

/** The index in `latency` of a duration in milliseconds. */
export function latencyIndex(durationMs: number): number {
  const found = LATENCY_BOUNDS_MS.findIndex((bound) => durationMs <= bound);
  return found < 0 ? LATENCY_BOUNDS_MS.length : found;
}

function emptyBucket(accountId: string, webhookId: string, seconds: number, start: number): StatCounts {
  const codes = new Array<number>(NO_ANSWER + 1).fill(0);
  const latency = new Array<number>(LATENCY_BOUNDS_MS.length + 1).fill(0);
  const errors = new Array<number>(ERROR_CLASSES.length).fill(0);
  return { webhookId, accountId, seconds, start, succeeded: 0, failed: 0, codes, errors, latency, durationMs: 0, deliveries: 0 };
}

function count(counts: StatCounts, { attempt, status, statusCode, errorClass, durationMs }: DeliveryAttemptedV1): void {
  counts[status]++;
  if (errorClass !== null) counts.errors[ERROR_CLASSES.indexOf(errorClass)]!++;
  const family = statusCode === null ? NO_ANSWER : Math.floor(statusCode / 100) - 1;
  counts.codes[family >= 0 && family < NO_ANSWER ? family : NO_ANSWER]!++;
  counts.latency[latencyIndex(durationMs)]!++;
  counts.durationMs += durationMs;
  if (attempt === 1) counts.deliveries++;
}
