import { createHmac } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Webhook as StandardWebhook } from 'standardwebhooks';
import { encodeWebhookTombstone, headerText, readCloudEventHeaders } from '#libs/contracts';
import { newId } from '#libs/kernel';
import { parseMasterKeys, Sealer } from '#libs/secrets';
import { whsecForm } from '#libs/signing';
import { anEvent, aWebhook, closesResources, eventually } from '#libs/testing';
import { DeliveryStage, MASTER_KEYS, receiver } from './testing-support/delivery-stage.js';

closesResources();

const SECRET = 'a'.repeat(64);
const sealer = new Sealer(parseMasterKeys(MASTER_KEYS));

describe('delivery-service', () => {
  const stage = new DeliveryStage();
  beforeAll(async () => void (await stage.start()));
  afterAll(() => stage.stop());

  it('delivers the data byte for byte, signed, with exactly the headers of the contract', async () => {
    const server = await receiver((_request, response) => response.end('thanks'));
    const id = newId('wh');
    const webhook = await stage.webhook({
      id,
      url: server.url('/hooks'),
      payloadFormat: 'RAW',
      signing: true,
      secrets: [{ id: 'sec', sealed: sealer.seal(SECRET, ['signing', 'default', id, 'sec']), validUntil: null }],
      auth: { type: 'BEARER', sealed: sealer.seal(JSON.stringify({ type: 'BEARER', token: 'canary-1' }), ['auth', 'default', id]) },
      headers: { 'X-Env': 'prod' },
    });
    const traceparent = '00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01';
    const event = anEvent({ id: 'evt-1', traceparent, data: Buffer.from('{"b": 12345678901234567890 ,"a":1.10,"ü":"\\u00fc"}') });
    const { deliveryId } = await stage.request(webhook.id, { event });
    expect(await stage.outcome(deliveryId)).toMatchObject({ result: 'succeeded', attempts: 1, lastStatusCode: 200, webhookId: id });

    const [request] = server.requests;
    expect(request!.body.equals(event.data)).toBe(true);
    const timestamp = String(request!.headers['webhook-timestamp']);
    expect(Math.abs(Number(timestamp) - Date.now() / 1000)).toBeLessThan(60);
    const signatures = ['webhook-signature', String(request!.headers['webhook-signature'])];
    expect(request!.rawHeaders).toEqual([
      ...[
        'host',
        `127.0.0.1:${server.port}`,
        'connection',
        'keep-alive',
        'content-type',
        'application/json',
        'user-agent',
        'Hookstream/0.1.0',
      ],
      ...[
        'webhook-id',
        'evt-1',
        'webhook-timestamp',
        timestamp,
        'x-hookstream-event',
        'order_created',
        'x-hookstream-delivery',
        deliveryId,
      ],
      ...['x-hookstream-attempt', '1', 'traceparent', traceparent, 'authorization', 'Bearer canary-1', 'X-Env', 'prod', ...signatures],
      ...['x-hookstream-signature', `sha256=${createHmac('sha256', SECRET).update(event.data).digest('hex')}`],
      ...['accept-encoding', 'identity', 'content-length', String(event.data.length)],
    ]);
    expect(new StandardWebhook(whsecForm(SECRET)).verify(event.data, request!.headers as Record<string, string>)).toBeTruthy();
  });

  it('leaves one attempt and one outcome, valid CloudEvents without a credential', async () => {
    const server = await receiver((request, response) => response.end(request.headers.authorization));
    const id = newId('wh');
    const sealed = sealer.seal(JSON.stringify({ type: 'BASIC', username: 'u', password: 'canary-2' }), ['auth', 'default', id]);
    await stage.webhook({ id, url: server.url(), auth: { type: 'BASIC', sealed } });
    const { deliveryId, event } = await stage.request(id, { event: anEvent({ channelId: 'ch-1' }) });
    await stage.outcome(deliveryId);
    const [attempt] = await eventually(() => (stage.attemptsOf(deliveryId).length > 0 ? stage.attemptsOf(deliveryId) : undefined));
    expect(attempt).toMatchObject({
      ...{
        webhookId: id,
        eventId: event.id,
        eventType: 'order_created',
        attempt: 1,
        trigger: 'event',
        status: 'succeeded',
        statusCode: 200,
      },
      ...{ errorClass: null, error: null, nextAttemptAt: null, resolvedAddress: '127.0.0.1', channelId: 'ch-1', accountId: 'default' },
      request: { method: 'POST', url: server.url(), body: server.requests[0]!.body.toString(), headers: { authorization: '***' } },
      response: { status: 200, body: 'Basic ***', truncated: false },
    });
    const records = [...stage.attempts, ...stage.outcomes].filter((record) => headerText(record.headers, 'ce_subject') === id);
    expect(records.map((record) => readCloudEventHeaders(record.headers))).toEqual([
      expect.objectContaining({
        type: 'hookstream.delivery.attempted.v1',
        id: attempt!.id,
        dataContentType: 'application/json',
        channelId: 'ch-1',
      }),
      expect.objectContaining({
        type: 'hookstream.delivery.succeeded.v1',
        id: `${deliveryId}:outcome`,
        source: 'hookstream/delivery-service',
      }),
    ]);
    for (const record of records) {
      expect(record.key?.toString()).toBe(id);
      expect(`${record.value?.toString()}`).not.toMatch(/canary|dTpjYW5hcnktMg/);
    }
  });

  it('tries again after failures and ends in one outcome', async () => {
    const server = await receiver((_request, response, requests) => response.writeHead(requests.length < 3 ? 500 : 200).end());
    const { id } = await stage.webhook({ url: server.url() });
    const { deliveryId, event } = await stage.request(id);
    expect(await stage.outcome(deliveryId)).toMatchObject({ result: 'succeeded', attempts: 3 });
    expect(server.requests.map(({ headers }) => [headers['webhook-id'], headers['x-hookstream-attempt']])).toEqual([
      [event.id, '1'],
      [event.id, '2'],
      [event.id, '3'],
    ]);
    await eventually(() => stage.attemptsOf(deliveryId).length === 3);
    expect(stage.attemptsOf(deliveryId).map(({ status, nextAttemptAt }) => [status, nextAttemptAt === null])).toEqual([
      ['failed', false],
      ['failed', false],
      ['succeeded', true],
    ]);
    expect(stage.outcomesOf(deliveryId)).toHaveLength(1);
  });

  it('fails when every attempt failed, and follows no redirect', async () => {
    const elsewhere = await receiver();
    const server = await receiver((_request, response) => response.writeHead(302, { location: elsewhere.url() }).end());
    const { id } = await stage.webhook({ url: server.url() });
    const { deliveryId } = await stage.request(id);
    expect(await stage.outcome(deliveryId)).toMatchObject({
      result: 'failed',
      attempts: 3,
      lastStatusCode: 302,
      lastErrorClass: 'http_3xx',
    });
    expect([server.requests.length, elsewhere.requests.length]).toEqual([3, 0]);
  });

  it('sends one request for a delivery that was requested twice', async () => {
    const server = await receiver();
    const { id } = await stage.webhook({ url: server.url() });
    const request = await stage.request(id);
    await stage.request(id, request);
    const last = await stage.request(id);
    await Promise.all([stage.outcome(request.deliveryId), stage.outcome(last.deliveryId)]);
    await eventually(async () => (await stage.kafka.lag(`${stage.prefix}.delivery-service`, `${stage.prefix}.deliveries`)) === 0);
    expect(server.requests.map(({ headers }) => headers['webhook-id']).sort()).toEqual([request.event.id, last.event.id].sort());
    expect(stage.outcomesOf(request.deliveryId)).toHaveLength(1);
  });

  it('goes on delivering to one webhook while another never answers', async () => {
    const [hanging, healthy] = [await receiver(() => undefined), await receiver()];
    const stuck = await stage.webhook({ url: hanging.url(), timeoutMs: 30_000 });
    const well = await stage.webhook({ url: healthy.url() });
    for (let i = 0; i < 30; i++) await stage.request(stuck.id);
    const requests = await Promise.all(Array.from({ length: 20 }, () => stage.request(well.id)));
    await Promise.all(requests.map(({ deliveryId }) => stage.outcome(deliveryId)));
    expect(healthy.requests).toHaveLength(20);
    expect(hanging.requests).toHaveLength(10);
    await stage.remove(stuck);
    await hanging.close();
    await stage.drained();
  });

  it('keeps 16 KiB of an oversized answer and counts it as delivered', async () => {
    const server = await receiver((_request, response) => response.end(Buffer.alloc(1_000_000, 'x')));
    const { id } = await stage.webhook({ url: server.url() });
    const { deliveryId } = await stage.request(id);
    expect(await stage.outcome(deliveryId)).toMatchObject({ result: 'succeeded' });
    const [attempt] = await eventually(() => (stage.attemptsOf(deliveryId).length > 0 ? stage.attemptsOf(deliveryId) : undefined));
    expect(attempt!.response).toMatchObject({ truncated: true, body: 'x'.repeat(16_384) });
  });

  it('sends what the webhook is now, and discards for a webhook that is deleted', async () => {
    const [before, after] = [await receiver(), await receiver()];
    const webhook = await stage.webhook({ url: before.url() });
    await stage.outcome((await stage.request(webhook.id)).deliveryId);
    await stage.webhook({ ...webhook, version: 2, url: after.url(), method: 'GET' });
    await eventually(async () => {
      await stage.outcome((await stage.request(webhook.id)).deliveryId);
      return after.requests.length > 0;
    });
    expect(after.requests[0]).toMatchObject({ method: 'GET', body: Buffer.alloc(0) });
    await stage.publish('webhooks', encodeWebhookTombstone({ ...webhook, version: 4, time: webhook.updatedAt }, '/test'));
    await eventually(async () => {
      const { deliveryId } = await stage.request(webhook.id);
      return (await stage.outcome(deliveryId)).reason === 'webhook_deleted';
    });
  });

  it('waits for a webhook that was matched before it became known here', async () => {
    const server = await receiver();
    const webhook = aWebhook({ url: server.url() });
    const { deliveryId } = await stage.request(webhook.id);
    await stage.webhook(webhook);
    expect(await stage.outcome(deliveryId)).toMatchObject({ result: 'succeeded' });
  });

  it('puts an unreadable request into the dead letters and goes on', async () => {
    const server = await receiver();
    const { id } = await stage.webhook({ url: server.url() });
    await stage.publish('deliveries', {
      key: id,
      value: Buffer.from('{}'),
      headers: { ce_specversion: '1.0', ce_id: '1', ce_source: '/x', ce_type: 'other', ce_time: 'now' },
    });
    const { deliveryId } = await stage.request(id);
    await stage.outcome(deliveryId);
    const [letter] = await stage.kafka.waitFor(`${stage.prefix}.dead-letters`, 1);
    expect(headerText(letter!.headers, 'ce_reason')).toBe('CE_TYPE_UNEXPECTED');
  });
});

describe('delivery-service where no private range is allowed', () => {
  const stage = new DeliveryStage({ EGRESS_ALLOWED_CIDRS: '' });
  beforeAll(async () => void (await stage.start()));
  afterAll(() => stage.stop());

  it('opens no connection to a private address and tells nothing of it', async () => {
    const server = await receiver();
    for (const url of [server.url(), `http://localhost:${server.port}/`]) {
      const { id } = await stage.webhook({ url });
      const { deliveryId } = await stage.request(id);
      expect(await stage.outcome(deliveryId)).toMatchObject({ result: 'failed', lastErrorClass: 'policy', lastStatusCode: null });
      expect(stage.attemptsOf(deliveryId)[0]).toMatchObject({ errorClass: 'policy', resolvedAddress: null, response: null });
    }
    expect(server.requests).toHaveLength(0);
  });
});
