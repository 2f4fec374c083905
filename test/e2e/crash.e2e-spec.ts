import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { decodeOutcome } from '#libs/contracts';
import { TestKafka, WebhookReceiver, eventually, uniqueName } from '#libs/testing';
import type { ServiceProcess } from './service-process.js';
import { TestSystem } from './system.js';

const EVENTS = 2000;

let system: TestSystem;
let kafka: TestKafka;
let receiver: WebhookReceiver;

beforeAll(async () => {
  system = await TestSystem.start();
});

afterAll(() => system.stop());

beforeEach(async () => {
  kafka = new TestKafka();
  receiver = await WebhookReceiver.start();
});

afterEach(async () => {
  await kafka.close();
  await receiver.close();
});

const idOf = (request: { headers: Record<string, unknown> }): string => String(request.headers['webhook-id']);

/**
 * Publishes 2,000 events, kills the service once a quarter of them has arrived, starts it again, and answers what came.
 * The oracle: the receiver's log holds every event, and every delivery has its outcome.
 */
async function killInTheMiddle(service: ServiceProcess) {
  const channelId = uniqueName('crash');
  const webhook = await system.createWebhook({ url: receiver.url(), events: ['order_created'], channelId });
  const record = (id: string) => ({
    key: id,
    value: `{"id":"${id}"}`,
    headers: { ce_specversion: '1.0', ce_id: id, ce_source: '/crash', ce_type: 'order_created', ce_channelid: channelId },
  });
  await system.becomesActive(
    async () => {
      const id = uniqueName('warm-up');
      await kafka.produce('orders', [record(id)]);
      return id;
    },
    (id) => receiver.requests.some((request) => idOf(request) === id),
  );

  const ids = Array.from({ length: EVENTS }, (_, i) => `${channelId}-${i}`);
  const outcomes = await kafka.follow(system.topic('outcomes'));
  const arrivedIds = (): Set<string> => new Set(receiver.requests.map(idOf).filter((id) => id.startsWith(`${channelId}-`)));
  for (let i = 0; i < EVENTS; i += 250) await kafka.produce('orders', ids.slice(i, i + 250).map(record));
  await eventually(() => arrivedIds().size >= EVENTS / 4);
  await service.kill();
  await service.start();

  await eventually(() => arrivedIds().size === EVENTS, { timeoutMs: 90_000 });
  const ended = await eventually(
    () => {
      const own = outcomes
        .map(decodeOutcome)
        .filter((outcome) => outcome.webhookId === webhook.id && outcome.eventId.startsWith(`${channelId}-`));
      if (new Set(own.map((outcome) => outcome.eventId)).size < EVENTS) throw new Error(`${own.length} outcomes`);
      return own;
    },
    { timeoutMs: 60_000 },
  );
  const requests = receiver.requests.filter((request) => idOf(request).startsWith(`${channelId}-`)).length;
  return { ids, arrived: arrivedIds(), ended, requests };
}

describe('kill -9 in the middle of 2,000 events', () => {
  it('of the event-router loses none', async () => {
    const { ids, arrived, ended } = await killInTheMiddle(system.eventRouter);
    expect([...arrived].sort()).toEqual([...ids].sort());
    expect(ended.every((outcome) => outcome.result === 'succeeded')).toBe(true);
  }, 240_000);

  it('of the delivery-service loses none, and repeats no more than was in flight', async () => {
    const { ids, arrived, ended, requests } = await killInTheMiddle(system.deliveryService);
    expect([...arrived].sort()).toEqual([...ids].sort());
    expect(ended.every((outcome) => outcome.result === 'succeeded')).toBe(true);
    // What was finished and not yet committed is sent again: commits follow at the latest after 500 finished records of a
    // partition, and the one webhook has one partition.
    expect(requests - EVENTS).toBeLessThanOrEqual(1000);
  }, 240_000);
});
