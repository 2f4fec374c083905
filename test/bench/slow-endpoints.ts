import type { Bench } from './bench.js';
import { burst, type BurstRun } from './burst.js';
import type { Figure } from './figure.js';

const WEBHOOKS = 1000;
const ANSWER_MS = 200;

/** A sharded burst over 1,000 webhooks that answer after 200 ms, each an origin of its own. */
export async function slowEndpoints(bench: Bench): Promise<Figure[]> {
  const ports = await bench.receiver.open(WEBHOOKS);
  const runs: BurstRun[] = [];
  for (let i = 0; i < bench.runs; i++) {
    const tag = bench.tag();
    const targets = ports.map((port, n) => ({ url: `http://127.0.0.1:${port}/slow/${ANSWER_MS}`, channelId: `${tag}-${n}` }));
    runs.push(await burst(bench, targets, Math.max(WEBHOOKS, Math.ceil(bench.deliveries / WEBHOOKS) * WEBHOOKS)));
  }
  return [
    {
      name: '1,000 webhooks of 200 ms',
      unit: 'deliveries/s',
      values: runs.map((run) => run.deliveriesPerSecond),
      reach: { atLeast: 2000 },
    },
    { name: '1,000 webhooks of 200 ms, events missing', unit: '', values: runs.map((run) => run.missing), reach: { atMost: 0 } },
    { name: '1,000 webhooks of 200 ms, receiver', unit: 'of a core', values: runs.map((run) => run.receiverShare), reach: { atMost: 0.8 } },
  ];
}
