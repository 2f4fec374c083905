import { encodeWebhookState, encodeWebhookTombstone } from '#libs/contracts';
import { aWebhook } from '#libs/testing';
import type { Bench } from './bench.js';
import type { Figure } from './figure.js';
import { cpuSeconds, residentMb } from './process-cpu.js';
import { spread } from './statistics.js';
import { shardedBurst } from './throughput.js';

const COUNTS = [100, 10_000, 100_000] as const;
const EVENTS = 5000;
const BATCH = 1000;
const WEBHOOKS_TOPIC = 'hookstream.webhooks';

/**
 * What routing costs the event-router, consuming and producing included, with more and more registered webhooks that the measured
 * events do not match: a third differ in channel, a third in account, a third in event type. Their states are written straight to
 * `hookstream.webhooks`. Memory is resident memory after the same
 * bursts, garbage of loading included.
 */
export async function webhookGrowth(bench: Bench): Promise<Figure[]> {
  const router = bench.system.pids['event-router']!;
  const ids: string[] = [];
  const costs: number[][] = [];
  const memory: number[] = [];
  // Code gets cheaper as it is compiled, which would hide growth: the first bursts do not count.
  for (let i = 0; i < 2; i++) await shardedBurst(bench, EVENTS);
  for (const count of COUNTS) {
    await register(bench, count - ids.length, ids);
    await untilIdle(router);
    const runs: number[] = [];
    for (let i = 0; i < bench.runs; i++) {
      const run = await shardedBurst(bench, EVENTS);
      runs.push(run.cpuPer1000['event-router']!);
    }
    costs.push(runs);
    memory.push(residentMb(router));
  }
  await unregister(bench, ids);
  const medians = costs.map((runs) => spread(runs).median);
  const bytesEach = ((memory[2]! - memory[0]!) * 1024) / (COUNTS[2] - COUNTS[0]);
  return [
    ...COUNTS.map((count, i) => ({ name: `${count} webhooks, router`, unit: 'CPU s per 1,000', values: costs[i]! })),
    { name: 'routing, 10,000 against 100 webhooks', unit: '×', values: [medians[1]! / medians[0]!], reach: { atMost: 1.2 } },
    { name: 'routing, 100,000 against 100 webhooks', unit: '×', values: [medians[2]! / medians[0]!], reach: { atMost: 1.2 } },
    { name: 'router memory per webhook', unit: 'kB', values: [bytesEach], reach: { atMost: 1 } },
  ];
}

async function register({ kafka }: Bench, count: number, ids: string[]): Promise<void> {
  for (let i = 0; i < count; i += BATCH) {
    const states = Array.from({ length: Math.min(BATCH, count - i) }, () => bystander(ids.length + i));
    ids.push(...states.map(({ id }) => id));
    await kafka.produce(
      WEBHOOKS_TOPIC,
      states.map((state) => asMessage(encodeWebhookState(state, 'bench'))),
    );
  }
}

function bystander(n: number) {
  const common = { name: `Bystander ${n}`, url: `https://receiver-${n}.example.com/hooks` };
  if (n % 3 === 0) return aWebhook({ ...common, events: ['order_created'], channelId: `bystander-${n}` });
  if (n % 3 === 1) return aWebhook({ ...common, events: ['order_created'], accountId: `bystander-${n}` });
  return aWebhook({ ...common, events: ['product_created', 'tickets:*'], channelId: `bystander-${n % 100}` });
}

async function unregister({ kafka }: Bench, ids: readonly string[]): Promise<void> {
  const time = new Date().toISOString();
  for (let i = 0; i < ids.length; i += BATCH) {
    const tombstones = ids.slice(i, i + BATCH).map((id) => encodeWebhookTombstone({ id, version: 2, accountId: 'default', time }, 'bench'));
    await kafka.produce(WEBHOOKS_TOPIC, tombstones.map(asMessage));
  }
}

function asMessage({ key, value, headers }: ReturnType<typeof encodeWebhookState>) {
  return { key, value, headers: headers as Record<string, string> };
}

/** Until a process uses less than a tenth of a core over a second: it has read what there is. */
async function untilIdle(pid: number): Promise<void> {
  const deadline = performance.now() + 60_000;
  for (let before = -1; performance.now() < deadline;) {
    const now = cpuSeconds(pid);
    if (before >= 0 && now - before < 0.1) return;
    before = now;
    await new Promise((resolve) => setTimeout(resolve, 1000));
  }
}
