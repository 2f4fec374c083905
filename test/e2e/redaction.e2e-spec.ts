import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Client } from 'pg';
import { eventually, TestKafka, uniqueName, WebhookReceiver } from '#libs/testing';
import { type CreatedWebhook, TestSystem } from './system.js';

const TYPE = `${uniqueName('invoice')}.paid`;
const SECRET = 'ann.redacted@example.com';
const DATA = `{"customer":{"name":"Ann","email":"${SECRET}"},"total":1.10}`;

let system: TestSystem;
let kafka: TestKafka;
let receiver: WebhookReceiver;
let database: Client;
let webhook: CreatedWebhook;

beforeAll(async () => {
  kafka = new TestKafka();
  receiver = await WebhookReceiver.start(({ body }, response) => {
    response.setHeader('x-for', SECRET);
    response.end(`got ${body.toString('utf8')}`);
  });
  system = await TestSystem.start({ services: ['subscription-service', 'event-router', 'delivery-service', 'projector'] });
  await system.api('PUT', `/v1/event-types/${TYPE}`, {
    ...{ module: 'orders', label: 'Invoice paid', description: 'An invoice was paid.', schema: {}, sample: {} },
    redact: ['/customer/email'],
  });
  webhook = await system.createWebhook({ url: receiver.url('/'), events: [TYPE] });
  await system.becomesActive(publish, (id) => receiver.requests.some(({ headers }) => headers['webhook-id'] === id));
  database = new Client({ connectionString: system.databaseUrl });
  await database.connect();
}, 120_000);

afterAll(async () => {
  await database.end();
  await kafka.close();
  await system.stop();
  await receiver.close();
}, 60_000);

async function publish(): Promise<string> {
  const id = uniqueName('evt');
  const headers = { ce_specversion: '1.0', ce_id: id, ce_source: '/shop', ce_type: TYPE, ce_channelid: system.channel };
  await kafka.produce('orders', [{ value: DATA, headers }]);
  return id;
}

/** Every row of the history as text, and every byte of its payloads as UTF-8. */
async function everythingStored(): Promise<string> {
  const { rows: tables } = await database.query<{ name: string }>(
    `select c.oid::regclass::text as name from pg_class as c
      where c.relnamespace = 'history'::regnamespace and c.relkind in ('r', 'p') and not c.relispartition`,
  );
  const texts: string[] = [];
  for (const { name } of tables) {
    const { rows } = await database.query<Record<string, unknown>>(`select t.* from ${name} as t`);
    texts.push(JSON.stringify(rows, (_, value: unknown) => (isBytes(value) ? Buffer.from(value.data).toString('utf8') : value)));
  }
  return texts.join('\n');
}

function isBytes(value: unknown): value is { readonly type: 'Buffer'; readonly data: number[] } {
  return typeof value === 'object' && value !== null && (value as { type?: unknown }).type === 'Buffer';
}

describe('what an administrator says must not be stored', () => {
  it('reaches the receiver in full and is nowhere in the history', async () => {
    const id = await publish();
    const attempt = await eventually(async () => {
      const path = `/v1/webhooks/${webhook.id}/attempts?eventId=${id}`;
      return (await system.api<{ data: { id: string; deliveryId: string }[] }>('GET', path)).data[0];
    });
    const received = receiver.requests.find(({ headers }) => headers['webhook-id'] === id)!;
    expect(received.body.toString('utf8')).toContain(DATA);

    const shown = await Promise.all(
      [
        `/v1/webhooks/${webhook.id}/attempts`,
        `/v1/webhooks/${webhook.id}/attempts/export?format=ndjson`,
        `/v1/webhooks/${webhook.id}/attempts/export?format=csv`,
        `/v1/attempts/${attempt.id}`,
        `/v1/deliveries/${attempt.deliveryId}`,
        '/v1/events',
        `/v1/events/${id}`,
        `/v1/events/${id}/trace`,
      ].map(async (path) => (await system.request('GET', path)).text()),
    );
    for (const text of shown) expect(text).not.toContain(SECRET);
    const detail = JSON.parse(shown[3]!) as { request: { body: string }; response: { body: string; headers: Record<string, string> } };
    expect(detail.request.body).toContain('"email":"[redacted]"');
    expect([detail.response.body, detail.response.headers['x-for']]).toEqual([expect.stringContaining('[redacted]'), '[redacted]']);
    expect(JSON.parse(shown[6]!)).toMatchObject({ dataState: 'redacted', data: DATA.replace(SECRET, '[redacted]') });

    // Of all that arrived; those before may have been published when their type was not known yet.
    const arrived = receiver.requests.map(({ headers }) => String(headers['webhook-id']));
    const stored = await eventually(async () => {
      const all = await everythingStored();
      return arrived.every((one) => all.includes(one)) ? all : undefined;
    });
    expect(stored).toContain('[redacted]');
    expect(stored).not.toContain(SECRET);
  }, 60_000);
});
