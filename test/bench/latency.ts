import type { Bench } from './bench.js';
import type { Figure } from './figure.js';
import { waitUntilRouted } from './load.js';
import { steadyLoad, type SteadyRun } from './steady-load.js';
import { createWebhooks, deleteWebhooks } from './webhooks.js';

/** 50 events a second for 20 s to one webhook. */
export async function latency(bench: Bench): Promise<Figure[]> {
  const runs: SteadyRun[] = [];
  const channel = bench.tag();
  const webhooks = await createWebhooks(bench.system, channel, [{ url: bench.receiver.url('/hook'), channelId: channel }]);
  await waitUntilRouted(bench.kafka, bench.receiver, channel, [channel], 1);
  for (let i = 0; i < bench.runs; i++) {
    runs.push(await steadyLoad(bench, { channels: [channel], measured: [channel], perSecond: 50, seconds: 20 }));
  }
  await deleteWebhooks(bench.system, webhooks);
  return [
    { name: '50 events/s, p50', unit: 'ms', values: runs.map((run) => run.p50), reach: { atMost: 5 } },
    { name: '50 events/s, p99', unit: 'ms', values: runs.map((run) => run.p99), reach: { atMost: 12 } },
    { name: '50 events/s, missing', unit: '', values: runs.map((run) => run.missing), reach: { atMost: 0 } },
  ];
}
