import type { TestKafka } from '#libs/testing';
import { order, waitUntilRouted } from './load.js';
import type { BenchReceiver } from './receiver.js';
import { quantile } from './statistics.js';
import type { BenchSystem } from './throughput.js';
import { createWebhooks, deleteWebhooks } from './webhooks.js';

export interface LatencyRun {
  readonly p50: number;
  readonly p99: number;
  readonly max: number;
  readonly missing: number;
}

/** Events at a steady rate, one at a time; milliseconds from the call that publishes to the arrival at the receiver. */
export async function latencyRun(
  system: BenchSystem,
  kafka: TestKafka,
  receiver: BenchReceiver,
  run: string,
  perSecond: number,
  seconds: number,
): Promise<LatencyRun> {
  const webhooks = await createWebhooks(system, receiver.port, run, [run]);
  await waitUntilRouted(kafka, receiver, run, [run], 1);
  await receiver.reset();

  const published = new Map<string, number>();
  const sends: Promise<void>[] = [];
  const started = performance.now();
  for (let i = 0; i < perSecond * seconds; i++) {
    const due = started + (i * 1000) / perSecond;
    await new Promise((resolve) => setTimeout(resolve, Math.max(0, due - performance.now())));
    const record = order(`${run}-${i}`, run);
    published.set(record.key, performance.timeOrigin + performance.now());
    sends.push(kafka.produce('orders', [record]));
  }
  await Promise.all(sends);
  await new Promise((resolve) => setTimeout(resolve, 1000));
  const { arrivals } = await receiver.report();
  await deleteWebhooks(system, webhooks);

  const samples = [...published].flatMap(([id, at]) => (arrivals.has(id) ? [arrivals.get(id)! - at] : [])).sort((a, b) => a - b);
  return { p50: quantile(samples, 0.5), p99: quantile(samples, 0.99), max: samples.at(-1) ?? 0, missing: published.size - samples.length };
}
