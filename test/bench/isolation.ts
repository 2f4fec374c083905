import type { Bench } from './bench.js';
import type { Figure } from './figure.js';
import { order, waitUntilRouted } from './load.js';
import { steadyLoad, type SteadyRun } from './steady-load.js';
import { createWebhooks, deleteWebhooks, type Target } from './webhooks.js';

const SECONDS = 10;
const HANGING_WEBHOOKS = 100;
const HANGING_REQUESTS = 1000;
const HANG_DEADLINE_MS = 10_000;

/**
 * 100 events a second over ten webhooks in turn; only the nine that answer are measured. Without: all ten answer. One hangs: the
 * tenth accepts and never answers. 1,000 hang: beside the nine there are a hundred more webhooks with ten unanswered requests each,
 * all of them under way at the receiver before the clock starts. The three kinds alternate; ratios are within one round.
 */
export async function isolation(bench: Bench): Promise<Figure[]> {
  const rounds: { without: SteadyRun; oneHangs: SteadyRun; manyHang: SteadyRun; hanging: number }[] = [];
  for (let i = 0; i < bench.runs; i++) {
    const without = await withTen(bench, '/hook', (load) => steadyLoad(bench, load));
    const oneHangs = await withTen(bench, '/hang', (load) => steadyLoad(bench, load));
    let hanging = 0;
    const manyHang = await withTen(bench, '/hook', async (load) => {
      const end = await hangMany(bench, (count) => (hanging = count));
      const run = await steadyLoad(bench, load);
      await end();
      return run;
    });
    rounds.push({ without, oneHangs, manyHang, hanging });
  }
  const of = (pick: (round: (typeof rounds)[number]) => number): number[] => rounds.map(pick);
  return [
    { name: 'ten webhooks, all answer, p50', unit: 'ms', values: of(({ without }) => without.p50) },
    { name: 'ten webhooks, all answer, p99', unit: 'ms', values: of(({ without }) => without.p99) },
    { name: 'one of ten hangs, p50 of the nine', unit: 'ms', values: of(({ oneHangs }) => oneHangs.p50) },
    { name: 'one of ten hangs, p99 of the nine', unit: 'ms', values: of(({ oneHangs }) => oneHangs.p99) },
    {
      name: 'one of ten hangs, p99',
      unit: '× without',
      values: of((round) => round.oneHangs.p99 / round.without.p99),
      reach: { atMost: 1.2 },
    },
    { name: 'one of ten hangs, missing of the nine', unit: '', values: of(({ oneHangs }) => oneHangs.missing), reach: { atMost: 0 } },
    { name: '1,000 hang, requests that did', unit: '', values: of(({ hanging }) => hanging), reach: { atLeast: HANGING_REQUESTS } },
    { name: '1,000 hang, p99 of the nine', unit: 'ms', values: of(({ manyHang }) => manyHang.p99) },
    { name: '1,000 hang, p99', unit: '× without', values: of((round) => round.manyHang.p99 / round.without.p99), reach: { atMost: 1.2 } },
    { name: '1,000 hang, missing of the nine', unit: '', values: of(({ manyHang }) => manyHang.missing), reach: { atMost: 0 } },
  ];
}

type Load = Parameters<typeof steadyLoad>[1];

/** Ten webhooks, the first of them at `path`; the other nine are measured. */
async function withTen(bench: Bench, path: string, measure: (load: Load) => Promise<SteadyRun>): Promise<SteadyRun> {
  const run = bench.tag();
  const channels = Array.from({ length: 10 }, (_, i) => `${run}-${i}`);
  const targets = channels.map((channelId, i) => ({ channelId, url: bench.receiver.url(i === 0 ? path : '/hook') }));
  const webhooks = await createWebhooks(bench.system, run, targets);
  const measured = channels.slice(1);
  await waitUntilRouted(bench.kafka, bench.receiver, run, measured, 1);
  const result = await measure({ channels, measured, perSecond: 100, seconds: SECONDS });
  await deleteWebhooks(bench.system, webhooks);
  await untilNothingHangs(bench);
  return result;
}

/** Makes 1,000 requests hang at the receiver; answers what ends that. */
async function hangMany(bench: Bench, told: (hanging: number) => void): Promise<() => Promise<void>> {
  const channelId = bench.tag();
  const targets: Target[] = Array.from({ length: HANGING_WEBHOOKS }, () => ({ channelId, url: bench.receiver.url('/hang') }));
  const webhooks = await createWebhooks(bench.system, channelId, targets);
  const records = Array.from({ length: HANGING_REQUESTS / HANGING_WEBHOOKS }, (_, i) => order(`${channelId}-${i}`, channelId));
  // Not all webhooks may be known yet to the router: later events fill the lanes that the first ones left free.
  const deadline = performance.now() + HANG_DEADLINE_MS;
  let hanging = 0;
  for (let round = 0; hanging < HANGING_REQUESTS && performance.now() < deadline; round++) {
    await bench.kafka.produce(
      'orders',
      records.map((record) => order(`${record.key}-${round}`, channelId)),
    );
    await new Promise((resolve) => setTimeout(resolve, 1000));
    hanging = (await bench.receiver.report()).hanging;
    told(hanging);
  }
  return () => deleteWebhooks(bench.system, webhooks);
}

/** Requests that hang end by their deadline of 15 s; the next run starts without them. */
async function untilNothingHangs({ receiver }: Bench): Promise<void> {
  const deadline = performance.now() + 40_000;
  while ((await receiver.report()).hanging > 0 && performance.now() < deadline) await new Promise((resolve) => setTimeout(resolve, 200));
}
