import { eventually } from '#libs/testing';
import type { Bench } from './bench.js';
import type { Figure } from './figure.js';
import { waitUntilRouted } from './load.js';
import { call, createWebhooks, deleteWebhooks } from './webhooks.js';

const SENDS = 20;
const LOOK_EVERY_MS = 5;

/** Tests of a webhook, one after the other: from asking for one until its attempt stands in the history. */
export async function testSend(bench: Bench): Promise<Figure[]> {
  const { system, kafka, receiver } = bench;
  const channel = bench.tag();
  const [webhook] = await createWebhooks(system, channel, [{ url: receiver.url('/hook'), channelId: channel }]);
  await waitUntilRouted(kafka, receiver, channel, [channel], 1);
  const values: number[] = [];
  for (let send = 0; send < SENDS; send++) {
    const started = performance.now();
    const { deliveryId } = await call<{ deliveryId: string }>(system, 'POST', `/v1/webhooks/${webhook}/test`);
    const path = `/v1/webhooks/${webhook}/attempts?deliveryId=${deliveryId}`;
    await eventually(async () => (await call<{ data: unknown[] }>(system, 'GET', path)).data.length > 0, { intervalMs: LOOK_EVERY_MS });
    values.push(performance.now() - started);
  }
  await deleteWebhooks(system, [webhook!]);
  return [{ name: 'test, until it is in the history', unit: 'ms', values, reach: { atMost: 1000 } }];
}
