import { Counter, Gauge, Histogram } from 'prom-client';

const stored = new Counter({
  name: 'hookstream_history_records_total',
  help: 'Records stored in the history, repeats included, by kind',
  labelNames: ['kind'],
});
const batch = new Histogram({
  name: 'hookstream_history_batch_records',
  help: 'Records of one transaction',
  buckets: [1, 2, 5, 10, 50, 100, 500, 1000, 2000, 5000],
});
const duration = new Histogram({
  name: 'hookstream_history_batch_seconds',
  help: 'Time of one transaction',
  buckets: [0.002, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10],
});
const lagRecords = new Gauge({
  name: 'hookstream_history_lag_records',
  help: 'Records that are not in the history yet, by topic',
  labelNames: ['topic'],
});
const lagSeconds = new Gauge({
  name: 'hookstream_history_lag_seconds',
  help: 'How far the history is behind: 0 when nothing waits, else the age of the oldest record of the batch that was stored last',
});
let storedUntil: number | undefined;

/** @param publishedAt milliseconds since the epoch; of the oldest record */
export function batchStored(counts: ReadonlyMap<string, number>, publishedAt: number, startedAt: number, now: number): void {
  let records = 0;
  for (const [kind, count] of counts) {
    stored.inc({ kind }, count);
    records += count;
  }
  batch.observe(records);
  duration.observe((now - startedAt) / 1000);
  storedUntil = publishedAt;
  lagSeconds.set(Math.max(0, now - publishedAt) / 1000);
}

/**
 * @param now milliseconds since the epoch
 * @returns how many milliseconds the history is behind, undefined when this process cannot know
 */
export function lagMeasured(topics: readonly { readonly topic: string; readonly lag: number }[], now: number): number | undefined {
  let lag = 0;
  for (const one of topics) {
    lagRecords.set({ topic: one.topic }, one.lag);
    lag += one.lag;
  }
  const behindMs = lag === 0 ? 0 : storedUntil && Math.max(0, now - storedUntil);
  if (behindMs !== undefined) lagSeconds.set(behindMs / 1000);
  return behindMs;
}
