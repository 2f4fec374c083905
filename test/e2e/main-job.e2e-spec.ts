import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Webhook } from 'standardwebhooks';
import { decodeAttempted, decodeOutcome, headerText } from '#libs/contracts';
import { TestKafka, WebhookReceiver, eventually, uniqueName, type ReceivedRequest } from '#libs/testing';
import { TestSystem, type CreatedWebhook } from './system.js';

let system: TestSystem;
let kafka: TestKafka;
let receiver: WebhookReceiver;
let webhook: CreatedWebhook;

beforeAll(async () => {
  receiver = await WebhookReceiver.start();
  kafka = new TestKafka();
  system = await TestSystem.start();
  webhook = await system.createWebhook({ url: receiver.url('/hooks?a=1'), events: ['order_created', 'tickets:*'] });
  await system.becomesActive(
    async () => {
      const id = uniqueName('warm-up');
      await kafka.produce('orders', [{ value: '{}', headers: binary(id) }]);
      return id;
    },
    (id) => arrived(id).length > 0,
  );
});

afterAll(async () => {
  await kafka.close();
  await system.stop();
  await receiver.close();
});

const binary = (id: string, extra: Record<string, string> = {}) => ({
  ce_specversion: '1.0',
  ce_id: id,
  ce_source: '/shop',
  ce_type: 'order_created',
  ce_channelid: system.channel,
  ...extra,
});

const arrived = (id: string): ReceivedRequest[] => receiver.requests.filter((request) => request.headers['webhook-id'] === id);

/** Everything published before it has been handled once the fence has arrived: it is on the same partition as the rest. */
async function publishAndWait(
  records: { value: string | Buffer | null; headers?: Record<string, string> }[],
  topic = 'orders',
): Promise<void> {
  const fence = uniqueName('fence');
  const key = uniqueName('key');
  await kafka.produce(
    topic,
    [...records, { value: '{}', headers: binary(fence) }].map((record) => ({ ...record, key })),
  );
  await eventually(() => arrived(fence).length === 1);
}

describe('the main job', () => {
  it('signs with both secrets while a rotation overlaps, and with the new one alone afterwards', async () => {
    const publish = async (): Promise<ReceivedRequest> => {
      const id = uniqueName('evt');
      await publishAndWait([{ value: '{}', headers: binary(id) }]);
      return arrived(id)[0]!;
    };
    const signatures = ({ headers }: ReceivedRequest): string[] => String(headers['webhook-signature']).split(' ');
    const path = `/v1/webhooks/${webhook.id}`;
    const rotated = await system.api<CreatedWebhook>('POST', `${path}/rotate-secret`, { overlapSeconds: 3600 });

    const during = await eventually(async () => {
      const request = await publish();
      return signatures(request).length === 2 ? request : undefined;
    });
    for (const secret of [webhook.secretWhsec, rotated.secretWhsec]) {
      new Webhook(secret).verify(during.body, during.headers as Record<string, string>);
    }
    await system.api('POST', `${path}/revoke-previous-secret`);
    const after = await eventually(async () => {
      const request = await publish();
      return signatures(request).length === 1 ? request : undefined;
    });
    new Webhook(rotated.secretWhsec).verify(after.body, after.headers as Record<string, string>);
    expect(() => new Webhook(webhook.secretWhsec).verify(after.body, after.headers as Record<string, string>)).toThrow();
    webhook = { ...webhook, ...rotated };
  });

  it('delivers an event of a plain Kafka client byte for byte, with exactly the headers of the contract', async () => {
    const id = uniqueName('evt');
    const data = ' {"big":12345678901234567890, "price":1.10,\t"text":"é\\u00e9"} ';
    await kafka.produce('orders', [{ value: data, headers: binary(id, { ce_time: '2026-11-20T10:00:00+01:00' }) }]);
    const request = await eventually(() => arrived(id)[0]);

    expect(request.method).toBe('POST');
    expect(request.url).toBe('/hooks?a=1');
    expect(request.body.toString('utf8')).toBe(
      `{"id":"${id}","event":"order_created","accountId":"default","channelId":"${system.channel}","time":"2026-11-20T10:00:00+01:00","data":${data}}`,
    );
    expect(Object.keys(request.headers).sort()).toEqual([
      'accept-encoding',
      'connection',
      'content-length',
      'content-type',
      'host',
      'traceparent',
      'user-agent',
      'webhook-id',
      'webhook-signature',
      'webhook-timestamp',
      'x-hookstream-attempt',
      'x-hookstream-delivery',
      'x-hookstream-event',
      'x-hookstream-signature',
    ]);
    expect(request.headers).toMatchObject({
      'content-type': 'application/json',
      'webhook-id': id,
      'x-hookstream-event': 'order_created',
      'x-hookstream-attempt': '1',
      'user-agent': expect.stringMatching(/^Hookstream\/\d+\.\d+\.\d+$/),
      'x-hookstream-delivery': expect.stringMatching(/^dlv_[0-9a-z]{26}$/),
    });
    new Webhook(webhook.secretWhsec).verify(request.body, request.headers as Record<string, string>);
  });

  it('writes each attempt and exactly one outcome as CloudEvents', async () => {
    const id = uniqueName('evt');
    await publishAndWait([{ value: '{"a":1}', headers: binary(id) }]);
    const about = (record: { value: Buffer | null }) => (record.value?.toString('utf8') ?? '').includes(`"eventId":"${id}"`);
    const [attempt] = await kafka.waitFor(system.topic('attempts'), 1, about);
    const outcomes = await kafka.waitFor(system.topic('outcomes'), 1, about);

    expect(headerText(attempt!.headers, 'ce_type')).toBe('hookstream.delivery.attempted.v1');
    expect(headerText(attempt!.headers, 'ce_subject')).toBe(webhook.id);
    const attempted = decodeAttempted(attempt!);
    expect(attempted).toMatchObject({ eventId: id, attempt: 1, status: 'succeeded', statusCode: 200, trigger: 'event' });
    expect(attempted.request.body).toContain('"data":{"a":1}');
    expect(headerText(outcomes[0]!.headers, 'ce_type')).toBe('hookstream.delivery.succeeded.v1');
    expect(decodeOutcome(outcomes[0]!)).toMatchObject({
      eventId: id,
      webhookId: webhook.id,
      result: 'succeeded',
      attempts: 1,
      lastStatusCode: 200,
    });
    expect(outcomes).toHaveLength(1);
  });

  it('delivers an event that is published twice once', async () => {
    const id = uniqueName('evt');
    await publishAndWait([
      { value: '{"n":1}', headers: binary(id) },
      { value: '{"n":1}', headers: binary(id) },
    ]);
    expect(arrived(id)).toHaveLength(1);
  });

  it('moves unreadable records to the dead letters with their reasons and delivers the good ones around them', async () => {
    const [first, last] = [uniqueName('evt'), uniqueName('evt')];
    const mark = uniqueName('mark');
    await publishAndWait([
      { value: '{"n":1}', headers: binary(first) },
      { value: '{"cut":', headers: binary(uniqueName('bad'), { mark }) },
      { value: '{"data":{}}', headers: { mark } },
      { value: Buffer.from([0x7b, 0xff, 0x7d]), headers: binary(uniqueName('bad'), { mark }) },
      { value: '{"n":2}', headers: binary(last) },
    ]);
    expect([arrived(first).length, arrived(last).length]).toEqual([1, 1]);
    const letters = await kafka.waitFor(system.topic('dead-letters'), 3, (record) => headerText(record.headers, 'mark') === mark);
    expect(letters.map((letter) => headerText(letter.headers, 'ce_reason')).sort()).toEqual([
      'EVENT_TYPE_MISSING',
      'JSON_INVALID',
      'UTF8_INVALID',
    ]);
    expect(letters.map((letter) => headerText(letter.headers, 'ce_topic'))).toEqual(['orders', 'orders', 'orders']);
    expect(letters.map((letter) => letter.value?.toString('latin1')).sort()).toEqual(['{"cut":', '{"data":{}}', '{ÿ}'].sort());
  });

  it('routes the structured and the plain shape like the binary one', async () => {
    const [structured, plain] = [uniqueName('evt'), uniqueName('evt')];
    const event = { type: 'ticket.closed', channelid: system.channel };
    await kafka.produce('tickets', [
      {
        value: JSON.stringify({ specversion: '1.0', id: structured, source: '/desk', ...event, data: { t: 1 } }),
        headers: { 'content-type': 'application/cloudevents+json; charset=utf-8' },
      },
      { value: `{"type":"ticket.closed","id":"${plain}","channelId":"${system.channel}","data":{"t": 1.10}}` },
    ]);
    await eventually(() => arrived(structured).length === 1 && arrived(plain).length === 1);
    expect(arrived(plain)[0]!.body.toString('utf8')).toContain('"data":{"t": 1.10}}');
  });

  it('publishes an event over HTTP byte for byte', async () => {
    const id = uniqueName('evt');
    const response = await fetch(`http://127.0.0.1:${system.subscriptionService.port}/v1/events`, {
      method: 'POST',
      headers: { authorization: `Bearer ${system.adminKey}`, 'content-type': 'application/json' },
      body: `{"type":"order_created","id":"${id}","channelId":"${system.channel}","data":{"price": 1.10}}`,
    });
    expect(response.status).toBe(202);
    expect(await response.json()).toEqual({ id });
    const request = await eventually(() => arrived(id)[0]);
    expect(request.body.toString('utf8')).toContain('"data":{"price": 1.10}}');
  });

  it('follows a webhook that is changed, disabled and deleted', async () => {
    const other = await WebhookReceiver.start();
    const followed = await system.createWebhook({ url: other.url(), events: ['product_created'] });
    await system.createWebhook({ url: receiver.url('/fence'), events: ['product_created'] });
    const bodies = (id: string): string[] =>
      other.requests.filter((request) => request.headers['webhook-id'] === id).map((request) => request.body.toString('utf8'));
    // What the followed webhook got of an event that the fence webhook got as well.
    const probe = async (): Promise<string[]> => {
      const id = uniqueName('evt');
      await kafka.produce('products', [{ value: '{}', headers: binary(id, { ce_type: 'product_created' }) }]);
      await eventually(() => arrived(id).length > 0, { timeoutMs: 5000 });
      return bodies(id);
    };
    try {
      await eventually(async () => (await probe())[0]?.startsWith('{"id":'));
      await system.api('PATCH', `/v1/webhooks/${followed.id}`, { payloadFormat: 'RAW' });
      await eventually(async () => (await probe())[0] === '{}');
      await system.api('POST', `/v1/webhooks/${followed.id}/disable`);
      await eventually(async () => (await probe()).length === 0);
      const before = other.requests.length;
      for (let i = 0; i < 10; i++) await probe();
      expect(other.requests.length).toBe(before);
      await system.api('POST', `/v1/webhooks/${followed.id}/enable`);
      await eventually(async () => (await probe())[0] === '{}');
      await system.api('DELETE', `/v1/webhooks/${followed.id}`);
      expect((await system.request('GET', `/v1/webhooks/${followed.id}`)).status).toBe(404);
      await eventually(async () => (await probe()).length === 0);
    } finally {
      await other.close();
    }
  });
});
