import type { Bench, BenchSystem } from './bench.js';
import { isOwn } from './bench.js';
import { order, publishBurst, waitUntilRouted } from './load.js';
import { cpuSeconds, residentMb, treeCpuSeconds } from './process-cpu.js';
import { createWebhooks, deleteWebhooks, type Target } from './webhooks.js';

export const OUTCOMES = 'hookstream.outcomes';
const DEADLINE_MS = 300_000;

export interface BurstRun {
  readonly deliveriesPerSecond: number;
  /** CPU seconds per 1,000 deliveries of event-router and delivery-service. */
  readonly pathCpuPer1000: number;
  /** The same of all our processes, and of every process of the system, broker and database included. */
  readonly ownCpuPer1000: number;
  readonly allCpuPer1000: number;
  readonly cpuPer1000: Readonly<Record<string, number>>;
  /** CPU seconds of the receiver per second: near 1 the receiver is what is measured. */
  readonly receiverShare: number;
  readonly missing: number;
  readonly repeated: number;
}

/**
 * A burst of 1 KiB events over webhooks that exist and are routed to before the clock starts. Timed from the first publish to the
 * last outcome on its topic, so that producing, routing, signing, sending and recording all count.
 */
export async function burst(bench: Bench, targets: readonly Target[], deliveries: number): Promise<BurstRun> {
  const { system, kafka, receiver } = bench;
  const run = bench.tag();
  const channels = [...new Set(targets.map(({ channelId }) => channelId))];
  const perEvent = targets.length / channels.length;
  const webhooks = await createWebhooks(system, run, targets);
  await waitUntilRouted(kafka, receiver, run, channels, perEvent);
  await settled(bench);
  await receiver.reset();

  const records = Array.from({ length: deliveries / perEvent }, (_, i) => order(`${run}-${i}`, channels[i % channels.length]!));
  const outcomesBefore = await kafka.end(OUTCOMES);
  const before = cpuByName(system);
  const started = performance.now();
  const publishing = publishBurst(kafka, records);
  await outcomesReach(bench, outcomesBefore + deliveries);
  const seconds = (performance.now() - started) / 1000;
  await publishing;
  const after = cpuByName(system);
  const { requests, arrivals, cpuSeconds: receiverCpu } = await receiver.report();
  await deleteWebhooks(system, webhooks);

  const cpuPer1000 = Object.fromEntries(Object.keys(before).map((name) => [name, ((after[name]! - before[name]!) * 1000) / deliveries]));
  const sum = (accept: (name: string) => boolean): number =>
    Object.entries(cpuPer1000).reduce((total, [name, cpu]) => total + (accept(name) ? cpu : 0), 0);
  return {
    deliveriesPerSecond: deliveries / seconds,
    pathCpuPer1000: sum((name) => name === 'event-router' || name === 'delivery-service'),
    ownCpuPer1000: sum(isOwn),
    allCpuPer1000: sum(() => true),
    cpuPer1000,
    receiverShare: receiverCpu / seconds,
    missing: records.filter((record) => !arrivals.has(record.key)).length,
    repeated: Math.max(0, requests - deliveries),
  };
}

function cpuByName(system: BenchSystem): Record<string, number> {
  return Object.fromEntries(
    Object.entries(system.pids).map(([name, pid]) => [name, name === 'postgres' ? treeCpuSeconds(pid) : cpuSeconds(pid)]),
  );
}

/** Resident megabytes by name. */
export function memoryByName(system: BenchSystem): Record<string, number> {
  return Object.fromEntries(Object.entries(system.pids).map(([name, pid]) => [name, residentMb(pid)]));
}

async function outcomesReach({ kafka }: Bench, count: number): Promise<void> {
  const deadline = performance.now() + DEADLINE_MS;
  let seen = 0;
  while ((seen = await kafka.end(OUTCOMES)) < count) {
    if (performance.now() > deadline) throw new Error(`${count - seen} outcomes are missing after ${DEADLINE_MS / 1000} s`);
    await new Promise((resolve) => setTimeout(resolve, 25));
  }
}

/** What was done before must not count: waits until the number of outcomes has not changed for a second. */
export async function settled({ kafka }: Bench): Promise<void> {
  let last = -1;
  let since = performance.now();
  while (performance.now() - since < 1000) {
    const now = await kafka.end(OUTCOMES);
    if (now !== last) {
      last = now;
      since = performance.now();
    }
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}
