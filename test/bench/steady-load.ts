import type { Bench } from './bench.js';
import { order } from './load.js';
import { quantile } from './statistics.js';

export interface SteadyRun {
  readonly p50: number;
  readonly p99: number;
  readonly max: number;
  readonly missing: number;
}

const GRACE_MS = 2000;

/**
 * Events at a steady rate, one request each, channel by channel in turn; milliseconds from the call that publishes to the arrival
 * of the request at the receiver. A publish that is late counts from when it was made, which is at most a timer's delay.
 * @param measured the channels whose events count; the others are load
 */
export async function steadyLoad(
  bench: Bench,
  load: { channels: readonly string[]; measured: readonly string[]; perSecond: number; seconds: number },
): Promise<SteadyRun> {
  const { channels, perSecond, seconds } = load;
  const { kafka, receiver } = bench;
  const run = bench.tag();
  await receiver.reset();
  const published = new Map<string, number>();
  const sends: Promise<void>[] = [];
  const started = performance.now();
  for (let i = 0; i < perSecond * seconds; i++) {
    const due = started + (i * 1000) / perSecond;
    await new Promise((resolve) => setTimeout(resolve, Math.max(0, due - performance.now())));
    const channel = channels[i % channels.length]!;
    const record = order(`${run}-${i}`, channel);
    if (load.measured.includes(channel)) published.set(record.key, performance.timeOrigin + performance.now());
    sends.push(kafka.produce('orders', [record]));
  }
  await Promise.all(sends);
  await new Promise((resolve) => setTimeout(resolve, GRACE_MS));
  const { arrivals } = await receiver.report();
  const samples = [...published].flatMap(([id, at]) => (arrivals.has(id) ? [arrivals.get(id)! - at] : [])).sort((a, b) => a - b);
  return { p50: quantile(samples, 0.5), p99: quantile(samples, 0.99), max: samples.at(-1) ?? 0, missing: published.size - samples.length };
}
