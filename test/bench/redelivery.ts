import type { Bench } from './bench.js';
import type { Figure } from './figure.js';
import { order, publishBurst, waitUntilRouted } from './load.js';
import { steadyLoad, type SteadyRun } from './steady-load.js';
import { call, createWebhooks, deleteWebhooks } from './webhooks.js';

const FAILED = 10_000;
const WEBHOOKS = 10;
const SECONDS = 20;
const READY_MS = 180_000;

interface Redelivery {
  readonly id: string | null;
  readonly status: string;
  readonly count: number;
  readonly sent: number;
}

/**
 * 100 live events a second over ten webhooks, of which one has 10,000 deliveries that have failed for good: without, and
 * while all of those go out again to that very webhook. Rounds alternate; a round's redelivery is cancelled at its end and
 * the next one goes on with what is left, the last one to the end.
 */
export async function redelivery(bench: Bench): Promise<Figure[]> {
  const { system, receiver, kafka } = bench;
  const run = bench.tag();
  const channels = Array.from({ length: WEBHOOKS }, (_, i) => `${run}-${i}`);
  const webhooks = await createWebhooks(
    system,
    run,
    channels.map((channelId, i) => ({ channelId, url: receiver.url(i === 0 ? '/status/404' : '/hook') })),
  );
  const [ill] = webhooks as [string];
  const since = new Date().toISOString();
  await call(system, 'PATCH', `/v1/webhooks/${ill}`, { retryPolicy: { finalStatuses: [404] } });
  await waitUntilRouted(kafka, receiver, run, channels, 1);
  const begin = (dryRun: boolean) =>
    call<Redelivery>(system, 'POST', `/v1/webhooks/${ill}/redeliver`, { since, statuses: ['failed'], dryRun });
  // Until the delivery-service has heard of it too, 404 is no final answer.
  await until(async () => {
    await kafka.produce('orders', [order(`${run}-final-${performance.now()}`, channels[0]!)]);
    return (await begin(true)).count > 0;
  }, 'no delivery fails for good');
  await publishBurst(
    kafka,
    Array.from({ length: FAILED }, (_, i) => order(`${run}-failed-${i}`, channels[0]!)),
  );
  await until(async () => (await begin(true)).count > FAILED, 'the history does not have all failed deliveries');
  await call(system, 'PATCH', `/v1/webhooks/${ill}`, { url: receiver.url('/hook') });
  const rounds: { without: SteadyRun; during: SteadyRun; perSecond: number }[] = [];
  const load = { channels, measured: channels, perSecond: 100, seconds: SECONDS };
  for (let i = 0; i < bench.runs; i++) {
    const without = await steadyLoad(bench, load);
    const begun = await begin(false);
    const job = (): Promise<Redelivery> => call(system, 'GET', `/v1/redeliveries/${begun.id}`);
    await until(async () => (await job()).sent > 0, 'the redelivery does not begin');
    const before = await job();
    const started = performance.now();
    const during = await steadyLoad(bench, load);
    const sent = (await job()).sent - before.sent;
    rounds.push({ without, during, perSecond: sent / ((performance.now() - started) / 1000) });
    if (i === bench.runs - 1) await until(async () => (await job()).status === 'completed', 'the redelivery does not end');
    else await call(system, 'POST', `/v1/redeliveries/${begun.id}/cancel`).catch(() => undefined);
  }
  let left = FAILED;
  await until(async () => (left = (await begin(true)).count) === 0, 'some remain failed').catch(() => undefined);
  await deleteWebhooks(system, webhooks);
  const of = (pick: (round: (typeof rounds)[number]) => number): number[] => rounds.map(pick);
  return [
    { name: 'without a redelivery, p50', unit: 'ms', values: of(({ without }) => without.p50) },
    { name: 'without a redelivery, p99', unit: 'ms', values: of(({ without }) => without.p99) },
    { name: 'during one of 10,000, p50', unit: 'ms', values: of(({ during }) => during.p50) },
    { name: 'during one of 10,000, p99', unit: 'ms', values: of(({ during }) => during.p99) },
    { name: 'during one, p99', unit: '× without', values: of((r) => r.during.p99 / r.without.p99), reach: { atMost: 1.2 } },
    { name: 'redelivered meanwhile', unit: 'deliveries/s', values: of(({ perSecond }) => perSecond) },
    { name: 'live events missing', unit: '', values: of(({ during }) => during.missing), reach: { atMost: 0 } },
    { name: 'deliveries that remain failed', unit: '', values: [left], reach: { atMost: 0 } },
  ];
}

async function until(reached: () => Promise<boolean>, otherwise: string): Promise<void> {
  const deadline = performance.now() + READY_MS;
  while (!(await reached())) {
    if (performance.now() > deadline) throw new Error(otherwise);
    await new Promise((resolve) => setTimeout(resolve, 500));
  }
}
