import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { encodeDeliveryCommand, encodeDeliveryRequested, type DeliveryRequestedV1 } from '#libs/contracts';
import { newId } from '#libs/kernel';
import { closesResources, eventually } from '#libs/testing';
import { DeliveryStage, receiver } from './testing-support/delivery-stage.js';

closesResources();

const HOUR_MS = 3_600_000;

describe('delivery-service', () => {
  // One partition, so that webhooks share it.
  const stage = new DeliveryStage({ RETRY_SCHEDULE: '1h,2h', TOPIC_PARTITIONS: '1' });
  beforeAll(async () => void (await stage.start()));
  afterAll(() => stage.stop());

  const answering = async (status: number, headers: Record<string, string> = {}) =>
    receiver((_request, response) => response.writeHead(status, headers).end());
  const waitMs = async ({ deliveryId }: DeliveryRequestedV1): Promise<number> => {
    const [retry, attempt] = await Promise.all([stage.retry(deliveryId), stage.attempt(deliveryId)]);
    expect(attempt.nextAttemptAt).toBe(retry.dueAt);
    return Date.parse(retry.dueAt) - Date.parse(attempt.attemptedAt);
  };

  it('schedules the next attempt by the schedule, give or take a fifth', async () => {
    const server = await answering(500);
    const { id } = await stage.webhook({ url: server.url() });
    const request = await stage.request(id);
    const inMs = await waitMs(request);
    expect(inMs > 0.8 * HOUR_MS && inMs < 1.2 * HOUR_MS + 1000).toBe(true);
    expect(await stage.retry(request.deliveryId)).toMatchObject({
      cause: 'failed',
      delivery: { attempt: 2, wait: 1, trigger: 'retry', past: { lastStatusCode: 500, lastErrorClass: 'http_5xx' } },
    });
    expect((await stage.attempt(request.deliveryId)).circuit).toBe('closed');
  });

  it.each([
    ['7200', 2 * HOUR_MS],
    ['999999999', 24 * HOUR_MS],
    [new Date(Date.now() + 5 * HOUR_MS).toUTCString(), 5 * HOUR_MS],
  ])('waits at least as long as Retry-After %s says, and a day at most', async (retryAfter, expected) => {
    const server = await answering(429, { 'retry-after': retryAfter });
    const { id } = await stage.webhook({ url: server.url() });
    const inMs = await waitMs(await stage.request(id));
    expect(Math.abs(inMs - expected)).toBeLessThan(60_000);
  });

  it.each(['-1', '0', 'soon'])('goes by the schedule when Retry-After is %s', async (retryAfter) => {
    const server = await answering(503, { 'retry-after': retryAfter });
    const { id } = await stage.webhook({ url: server.url() });
    const inMs = await waitMs(await stage.request(id));
    expect(inMs > 0.8 * HOUR_MS && inMs < 1.2 * HOUR_MS + 1000).toBe(true);
  });

  it('follows the schedule and the final statuses of the webhook', async () => {
    const [failing, final] = [await answering(503), await answering(404)];
    const own = { scheduleMs: [60_000], finalStatuses: [404] };
    const [patient, strict] = [
      await stage.webhook({ url: failing.url(), retryPolicy: own }),
      await stage.webhook({ url: final.url(), retryPolicy: own }),
    ];
    const inMs = await waitMs(await stage.request(patient.id));
    expect(inMs > 48_000 && inMs < 73_000).toBe(true);
    const { deliveryId } = await stage.request(strict.id);
    expect(await stage.outcome(deliveryId)).toMatchObject({ result: 'failed', attempts: 1, lastStatusCode: 404 });
  });

  it('ends a delivery at 410, and asks for the webhook to be disabled', async () => {
    const server = await answering(410);
    const { id } = await stage.webhook({ url: server.url() });
    const { deliveryId } = await stage.request(id);
    expect(await stage.outcome(deliveryId)).toMatchObject({ result: 'failed', attempts: 1, lastStatusCode: 410 });
    const [health] = await stage.kafka.waitFor(`${stage.prefix}.endpoint-health`, 1, ({ key }) => key?.toString() === id);
    expect(JSON.parse(health!.value!.toString())).toMatchObject({ autoDisabled: 'gone' });
  });

  it.each(['enabled', 'disabled', 'deleted'] as const)(
    'ends a delivery that the router refused without an attempt, once, of a webhook that is %s',
    async (state) => {
      const server = await answering(200);
      const webhook = await stage.webhook({ url: server.url(), status: state === 'disabled' ? 'disabled' : 'enabled' });
      if (state === 'deleted') await stage.remove(webhook);
      const refused = { code: 'filter_failed', detail: 'there is no total' } as const;
      const request = await stage.request(webhook.id, { refused });
      await stage.publish('deliveries', encodeDeliveryRequested(request, '/test')); // as another router would, after a crash
      await stage.outcome(request.deliveryId);
      await stage.drained();
      expect(stage.outcomesOf(request.deliveryId)).toMatchObject([
        { result: 'discarded', reason: 'filter_failed', attempts: 0, firstAttemptAt: null, lastErrorClass: null },
      ]);
      expect(stage.attemptsOf(request.deliveryId)).toEqual([]);
      expect(server.requests).toHaveLength(0);
    },
  );

  it('tries a test once', async () => {
    const server = await answering(500);
    const { id } = await stage.webhook({ url: server.url() });
    const { deliveryId } = await stage.request(id, { trigger: 'test' });
    expect(await stage.outcome(deliveryId)).toMatchObject({ result: 'failed', attempts: 1 });
    expect(server.requests[0]!.headers['x-hookstream-test']).toBe('true');
  });

  it('discards a delivery that is too old', async () => {
    const server = await receiver();
    const { id } = await stage.webhook({ url: server.url() });
    const requestedAt = new Date(Date.now() - 8 * 24 * HOUR_MS).toISOString();
    const { deliveryId } = await stage.request(id, { requestedAt });
    expect(await stage.outcome(deliveryId)).toMatchObject({ result: 'discarded', reason: 'expired', attempts: 0 });
    expect(server.requests).toHaveLength(0);
  });

  it('parks what waits for its lane within a second when the webhook is disabled, and sends nothing more', async () => {
    const server = await receiver(() => undefined);
    const webhook = await stage.webhook({ url: server.url(), maxInFlight: 1, timeoutMs: 30_000 });
    await stage.request(webhook.id);
    await eventually(() => server.requests.length === 1);
    const waiting = await stage.request(webhook.id);
    await stage.webhook({ ...webhook, version: 2, status: 'disabled' });
    const retry = await stage.retry(waiting.deliveryId);
    expect(['disabled', 'lane-full']).toContain(retry.cause);
    const later = await stage.request(webhook.id);
    expect(await stage.retry(later.deliveryId)).toMatchObject({ cause: 'disabled', delivery: { attempt: 1, wait: 1 } });
    const parkedMs = Date.parse((await stage.retry(later.deliveryId)).dueAt) - Date.parse(later.requestedAt);
    expect(parkedMs).toBe(7 * 24 * HOUR_MS);
    await server.close();
    await stage.remove({ ...webhook, version: 2 });
    expect(server.requests).toHaveLength(1);
  });

  it('hands over what a hanging webhook cannot take, while another one of its partition gets its events', async () => {
    const [hanging, healthy] = [await receiver(() => undefined), await receiver()];
    const stuck = await stage.webhook({ url: hanging.url(), maxInFlight: 2, timeoutMs: 30_000 });
    const well = await stage.webhook({ url: healthy.url() });
    const behind = await Promise.all(Array.from({ length: 20 }, () => stage.request(stuck.id)));
    const beside = await Promise.all(Array.from({ length: 20 }, () => stage.request(well.id)));
    await Promise.all(beside.map(({ deliveryId }) => stage.outcome(deliveryId)));
    await eventually(() => stage.retries.filter(({ key }) => key?.toString() === stuck.id).length === 18);
    expect(hanging.requests).toHaveLength(2);
    const handedOver = behind.flatMap(({ deliveryId }) => stage.retriesOf(deliveryId));
    for (const { cause, delivery } of handedOver) {
      expect([cause, delivery.attempt, delivery.wait, delivery.trigger, delivery.past]).toEqual(['lane-full', 1, 1, 'event', null]);
    }
    await stage.remove(stuck);
    await hanging.close();
  });

  it('keeps to the rate limit of a webhook and hands over what is beyond ten seconds of it', async () => {
    const server = await receiver();
    const webhook = await stage.webhook({ url: server.url(), rateLimit: { perSecond: 5 } });
    await Promise.all(Array.from({ length: 80 }, () => stage.request(webhook.id)));
    await eventually(() => server.requests.length >= 15);
    const times = server.requests.map(({ at }) => at);
    for (const start of times) expect(times.filter((at) => at >= start && at < start + 1000).length).toBeLessThanOrEqual(6);
    const retries = stage.retries.filter(({ key }) => key?.toString() === webhook.id);
    expect(retries.length).toBeGreaterThan(20);
    await stage.remove(webhook);
  });

  it('sends nothing of a delivery that is cancelled while it waits for its lane', async () => {
    const server = await receiver(() => undefined);
    const webhook = await stage.webhook({ url: server.url(), maxInFlight: 1, timeoutMs: 30_000 });
    await stage.request(webhook.id);
    await eventually(() => server.requests.length === 1);
    const { deliveryId } = await stage.request(webhook.id);
    const command = { webhookId: webhook.id, accountId: 'default', deliveryId, actor: 'test', requestedAt: new Date().toISOString() };
    await stage.publish('deliveries', encodeDeliveryCommand({ ...command, command: 'cancel' }, newId('evt'), '/test'));
    expect(await stage.outcome(deliveryId)).toMatchObject({ result: 'discarded', reason: 'cancelled', attempts: 0 });
    await stage.remove(webhook);
    await server.close();
    expect(server.requests).toHaveLength(1);
  });

  it('carries out commands beside requests', async () => {
    const server = await answering(500);
    const { id } = await stage.webhook({ url: server.url() });
    const { deliveryId } = await stage.request(id);
    await stage.retry(deliveryId);
    const command = { webhookId: id, accountId: 'default', deliveryId, actor: 'test', requestedAt: new Date().toISOString() };
    await eventually(async () => {
      await stage.publish('deliveries', encodeDeliveryCommand({ ...command, command: 'cancel' }, newId('evt'), '/test'));
      return stage.outcomesOf(deliveryId)[0];
    });
    expect(stage.outcomesOf(deliveryId)).toMatchObject([{ result: 'discarded', reason: 'cancelled', attempts: 1 }]);
  });
});

describe('delivery-service after a crash before its commit', () => {
  const stage = new DeliveryStage({ RETRY_SCHEDULE: '1h' });
  beforeAll(async () => void (await stage.start()));
  afterAll(() => stage.stop());

  it('does nothing again of what its topics tell: no second request, outcome or retry', async () => {
    const [healthy, failing] = [await receiver(), await receiver((_request, response) => response.writeHead(500).end())];
    const [well, ill] = [await stage.webhook({ url: healthy.url() }), await stage.webhook({ url: failing.url() })];
    const ended = await Promise.all(Array.from({ length: 5 }, () => stage.request(well.id)));
    const failed = await stage.request(ill.id);
    await Promise.all([...ended.map(({ deliveryId }) => stage.outcome(deliveryId)), stage.retry(failed.deliveryId)]);
    await stage.drained();
    await stage.stopService();
    await stage.forgetCommits();
    const fresh = await stage.request(well.id);
    await stage.startService();
    await stage.outcome(fresh.deliveryId);
    await stage.drained();
    expect([healthy.requests.length, failing.requests.length]).toEqual([6, 1]);
    for (const { deliveryId } of ended) expect(stage.outcomesOf(deliveryId)).toHaveLength(1);
    expect([stage.retriesOf(failed.deliveryId).length, stage.attemptsOf(failed.deliveryId).length]).toEqual([1, 1]);
  });
});
