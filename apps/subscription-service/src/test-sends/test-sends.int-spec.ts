import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { closeAfterTest, closesResources, eventually, WebhookReceiver } from '#libs/testing';
import { SendingStage } from '../sending-stage.int-fixture.js';

closesResources();

interface Sent {
  readonly deliveryId: string;
  readonly eventId: string;
  readonly eventType: string;
}

describe('a test', () => {
  let stage: SendingStage;
  beforeAll(async () => {
    stage = await SendingStage.open(['projector', 'delivery']);
  }, 90_000);
  afterAll(() => stage.close(), 30_000);

  async function aWebhook(status = 200, more: object = {}) {
    const receiver = await WebhookReceiver.start((_request, response) => response.writeHead(status).end());
    closeAfterTest(() => receiver.close());
    return { receiver, id: await stage.webhook(receiver.url(), more) };
  }
  const shown = async ({ deliveryId }: Sent) =>
    eventually(
      async () =>
        (
          await stage.rows<object>('select trigger, status, attempt, next_attempt_at from history.attempts where delivery_id = $1', [
            deliveryId,
          ])
        )[0],
    );

  it('is in the history, marked, and counts nowhere', async () => {
    const { receiver, id } = await aWebhook(500);
    const sent = await stage.call<Sent>('POST', `/v1/webhooks/${id}/test`);
    expect(await shown(sent)).toEqual({ trigger: 'test', status: 'failed', attempt: 1, next_attempt_at: null });
    expect(sent.eventType).toBe('test.webhook');
    const { headers } = receiver.requests[0]!;
    expect([headers['x-hookstream-test'], headers['webhook-id'], headers['x-hookstream-event']]).toEqual([
      'true',
      sent.eventId,
      'test.webhook',
    ]);
    expect(headers['webhook-signature']).toMatch(/^v1,/);
    for (let n = 0; n < 6; n++) await shown(await stage.call<Sent>('POST', `/v1/webhooks/${id}/test`)); // more than open a circuit
    expect(await stage.rows('select * from history.stat_buckets where webhook_id = $1', [id])).toEqual([]);
    expect(await stage.rows('select * from history.webhook_activity where webhook_id = $1', [id])).toEqual([]);
    expect(await stage.rows('select * from history.circuits where webhook_id = $1', [id])).toEqual([]);
  }, 60_000);

  it('is the sample of any type, or what was made of it, byte for byte', async () => {
    const { receiver, id } = await aWebhook(200, { payloadFormat: 'RAW' });
    const { sample } = await stage.call<{ sample: object }>('GET', '/v1/event-types/ticket.created');
    await shown(await stage.call<Sent>('POST', `/v1/webhooks/${id}/test`, { eventType: 'ticket.created' }));
    expect(JSON.parse(receiver.requests[0]!.body.toString())).toEqual(sample);
    const combined = await stage.call<Sent>('POST', `/v1/webhooks/${id}/test`, { eventType: 'RECEIVED_STATUS' });
    await shown(combined);
    expect((await stage.call<{ combines: string[] }>('GET', '/v1/event-types/RECEIVED_STATUS')).combines).toContain(combined.eventType);
    await shown(await stage.call<Sent>('POST', `/v1/webhooks/${id}/test`, { eventType: 'order_created', data: { edited: true } }));
    expect(receiver.requests.at(-1)!.body.toString()).toBe('{"edited":true}');
    const unknown = await stage.request('POST', `/v1/webhooks/${id}/test`, { eventType: 'nope' });
    expect([unknown.status, await unknown.json()]).toMatchObject([422, { errors: [{ field: 'eventType', rule: 'unknown-event-type' }] }]);
  }, 60_000);

  it('reaches a webhook that is disabled, and nothing else does', async () => {
    const { receiver, id } = await aWebhook();
    await stage.call('POST', `/v1/webhooks/${id}/disable`);
    await stage.deliver(id, 1);
    await shown(await stage.call<Sent>('POST', `/v1/webhooks/${id}/test`));
    expect(receiver.requests.map(({ headers }) => headers['x-hookstream-test'])).toEqual(['true']);
  }, 60_000);

  it('goes nowhere that deliveries may not go', async () => {
    const id = await stage.webhook('http://hookstream.invalid/');
    const sent = await stage.call<Sent>('POST', `/v1/webhooks/${id}/test`);
    expect(await shown(sent)).toMatchObject({ status: 'failed', next_attempt_at: null });
    expect((await stage.request('POST', '/v1/webhooks/wh_01kay2q4c8f0v6m3d9x7r5t1ze/test')).status).toBe(404);
  }, 60_000);
});
