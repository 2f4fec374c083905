import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { encodeDeliveryRequested } from '#libs/contracts';
import { aDeliveryRequest, closesResources, eventually } from '#libs/testing';
import { DeliveryStage, receiver } from './testing-support/delivery-stage.js';

closesResources();

const FLOOD = 20_000;
const BATCH = 200;
const BATCH_EVERY_MS = 100;
const BESIDE_EVERY_MS = 200;

describe('delivery-service under the flood of one webhook', () => {
  // One partition, which both webhooks share.
  const stage = new DeliveryStage({ TOPIC_PARTITIONS: '1' });
  beforeAll(async () => void (await stage.start()));
  afterAll(() => stage.stop());

  it('delivers to another webhook of the same partition all the time, before what was requested ahead of it', async () => {
    let attempted = 0;
    /** How much of the flood was attempted when each delivery of the other webhook arrived. */
    const arrivals = new Map<string, number>();
    const slow = await receiver((_request, response) => {
      attempted++;
      setTimeout(() => response.end(), 500);
    });
    const quick = await receiver((request, response) => {
      arrivals.set(request.headers['x-hookstream-delivery'] as string, attempted);
      response.end();
    });
    const [flooded, beside] = [await stage.webhook({ url: slow.url(), maxInFlight: 10 }), await stage.webhook({ url: quick.url() })];
    await stage.attempt((await stage.request(beside.id)).deliveryId);
    await stage.attempt((await stage.request(flooded.id)).deliveryId);

    /** How much of the flood was requested before each of them. */
    const requested = new Map<string, number>();
    const flood = Array.from({ length: FLOOD }, () =>
      encodeDeliveryRequested(aDeliveryRequest({ webhookId: flooded.id, requestedAt: new Date().toISOString() }), '/test'),
    );
    const [floodedAt, topic] = [performance.now(), `${stage.prefix}.deliveries`];
    let written = 0;
    let asked = 0;
    // Paced by the clock, as upstream services are: what is late is made up for.
    await eventually(
      async () => {
        const elapsed = performance.now() - floodedAt;
        for (; written < FLOOD && (written / BATCH) * BATCH_EVERY_MS <= elapsed; written += BATCH) {
          const records = flood
            .slice(written, written + BATCH)
            .map(({ key, value, headers }) => ({ key, value, headers: headers as never }));
          await stage.kafka.produce(topic, records);
        }
        for (; asked * BESIDE_EVERY_MS <= elapsed; asked++) {
          const ahead = written;
          requested.set((await stage.request(beside.id)).deliveryId, ahead);
        }
        return written >= FLOOD;
      },
      { timeoutMs: 60_000, intervalMs: 20 },
    );
    await eventually(() => [...requested.keys()].every((id) => arrivals.has(id)), { timeoutMs: 20_000 });
    // How soon, the benchmark tells. Here it would have to wait for nearly all of what stands before it.
    const held = [...requested].filter(([id, ahead]) => ahead >= 10 * BATCH && arrivals.get(id)! > ahead / 10);
    expect(held).toEqual([]);
    await stage.remove(flooded);
  }, 90_000);
});
