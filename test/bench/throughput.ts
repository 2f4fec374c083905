import type { Bench } from './bench.js';
import { burst, type BurstRun } from './burst.js';
import type { Figure } from './figure.js';

const WEBHOOKS = 10;

/** Ten webhooks, and bursts of events that match one of them each (`sharded`) or all of them (`fan-out`); runs alternate. */
export async function throughput(bench: Bench): Promise<Figure[]> {
  const sharded: BurstRun[] = [];
  const fanOut: BurstRun[] = [];
  for (let i = 0; i < bench.runs; i++) {
    sharded.push(await shardedBurst(bench, bench.deliveries));
    const channelId = bench.tag();
    const targets = Array.from({ length: WEBHOOKS }, () => ({ url: bench.receiver.url('/hook'), channelId }));
    fanOut.push(await burst(bench, targets, bench.deliveries));
  }
  return [...figures('sharded', sharded, 3000), ...figures('fan-out', fanOut, 4000)];
}

export function shardedBurst(bench: Bench, deliveries: number): Promise<BurstRun> {
  const tag = bench.tag();
  const targets = Array.from({ length: WEBHOOKS }, (_, i) => ({ url: bench.receiver.url('/hook'), channelId: `${tag}-${i}` }));
  return burst(bench, targets, deliveries);
}

function figures(mode: string, runs: readonly BurstRun[], atLeast: number): Figure[] {
  const of = (pick: (run: BurstRun) => number): number[] => runs.map(pick);
  const rate = of((run) => run.deliveriesPerSecond);
  return [
    { name: `${mode}`, unit: 'deliveries/s', values: rate, reach: { atLeast }, againstBare: { atLeastPercent: 35 } },
    { name: `${mode}, router + delivery`, unit: 'CPU s per 1,000', values: of((run) => run.pathCpuPer1000), reach: { atMost: 0.3 } },
    { name: `${mode}, all services`, unit: 'CPU s per 1,000', values: of((run) => run.ownCpuPer1000), reach: { atMost: 0.45 } },
    { name: `${mode}, with broker and database`, unit: 'CPU s per 1,000', values: of((run) => run.allCpuPer1000), reach: { atMost: 0.75 } },
    { name: `${mode}, receiver (not the bottleneck)`, unit: 'of a core', values: of((run) => run.receiverShare), reach: { atMost: 0.8 } },
    { name: `${mode}, events missing`, unit: '', values: of((run) => run.missing), reach: { atMost: 0 } },
    { name: `${mode}, requests repeated`, unit: '', values: of((run) => run.repeated), reach: { atMost: 0 } },
  ];
}
