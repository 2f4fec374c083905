import type { TestKafka } from '#libs/testing';
import { order, publishBurst, waitUntilRouted } from './load.js';
import { cpuSeconds, residentMb, treeCpuSeconds } from './process-cpu.js';
import type { BenchReceiver } from './receiver.js';
import { createWebhooks, deleteWebhooks } from './webhooks.js';

const OUTCOMES = 'hookstream.outcomes';
const WEBHOOKS = 10;
const DEADLINE_MS = 300_000;

export interface BenchSystem {
  readonly httpUrl: string;
  readonly adminKey: string;
  /** Process ids by name: `kafka`, `postgres` and the services. */
  readonly pids: Readonly<Record<string, number>>;
}

export interface ThroughputRun {
  readonly deliveriesPerSecond: number;
  /** CPU seconds per 1,000 deliveries of event-router and delivery-service. */
  readonly ownCpuPer1000: number;
  /** The same of every process of the system. */
  readonly allCpuPer1000: number;
  readonly cpuPer1000: Readonly<Record<string, number>>;
  readonly residentMb: Readonly<Record<string, number>>;
  readonly missing: number;
  readonly repeated: number;
}

/**
 * A burst of events, each matching one of ten webhooks (`sharded`) or all ten (`fan-out`); timed from the first publish
 * to the last outcome on its topic.
 */
export async function throughputRun(
  system: BenchSystem,
  kafka: TestKafka,
  receiver: BenchReceiver,
  run: string,
  mode: 'sharded' | 'fan-out',
  deliveries: number,
): Promise<ThroughputRun> {
  const channels = Array.from({ length: WEBHOOKS }, (_, i) => (mode === 'sharded' ? `${run}-${i}` : `${run}-all`));
  const webhooks = await createWebhooks(system, receiver.port, run, channels);
  const perEvent = mode === 'sharded' ? 1 : WEBHOOKS;
  const targets = mode === 'sharded' ? channels : [channels[0]!];
  await waitUntilRouted(kafka, receiver, run, targets, perEvent);
  await settled(kafka);
  await receiver.reset();

  const events = deliveries / perEvent;
  const records = Array.from({ length: events }, (_, i) => order(`${run}-${i}`, targets[i % targets.length]!));
  const outcomesBefore = await kafka.end(OUTCOMES);
  const before = cpuByName(system);
  const started = performance.now();
  const publishing = publishBurst(kafka, records);
  await outcomesReach(kafka, outcomesBefore + deliveries);
  const seconds = (performance.now() - started) / 1000;
  await publishing;
  const after = cpuByName(system);
  const resident = Object.fromEntries(Object.entries(system.pids).map(([name, pid]) => [name, Math.round(residentMb(pid))]));
  const { requests, arrivals } = await receiver.report();
  await deleteWebhooks(system, webhooks);

  const cpuPer1000 = Object.fromEntries(Object.keys(before).map((name) => [name, ((after[name]! - before[name]!) * 1000) / deliveries]));
  const sum = (names: string[]): number => names.reduce((total, name) => total + (cpuPer1000[name] ?? 0), 0);
  return {
    deliveriesPerSecond: deliveries / seconds,
    ownCpuPer1000: sum(['event-router', 'delivery-service']),
    allCpuPer1000: sum(Object.keys(cpuPer1000)),
    cpuPer1000,
    residentMb: resident,
    missing: records.filter((record) => !arrivals.has(record.key)).length,
    repeated: requests - deliveries,
  };
}

function cpuByName(system: BenchSystem): Record<string, number> {
  return Object.fromEntries(
    Object.entries(system.pids).map(([name, pid]) => [name, name === 'postgres' ? treeCpuSeconds(pid) : cpuSeconds(pid)]),
  );
}

async function outcomesReach(kafka: TestKafka, count: number): Promise<void> {
  const deadline = performance.now() + DEADLINE_MS;
  let seen = 0;
  while ((seen = await kafka.end(OUTCOMES)) < count) {
    if (performance.now() > deadline) throw new Error(`${count - seen} outcomes are missing after ${DEADLINE_MS / 1000} s`);
    await new Promise((resolve) => setTimeout(resolve, 25));
  }
}

/** Outcomes of the warm-up must not count: waits until their number has not changed for a second. */
async function settled(kafka: TestKafka): Promise<void> {
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
