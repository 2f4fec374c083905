import { randomBytes } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Client } from 'pg';
import { TestKafka, WebhookReceiver, eventually, uniqueName } from '#libs/testing';
import { TestSystem } from './system.js';

const canary = (name: string): string => `canary${name}${randomBytes(12).toString('hex')}`;

/** What opens something, one for each place that takes it. */
const secrets = {
  signing: canary('Signing'),
  rotated: canary('Rotated'),
  token: canary('Token'),
  apiKey: canary('ApiKey'),
  password: canary('Password'),
  authHeader: canary('AuthHeader'),
  refused: canary('Refused'),
};
/** Settings that their owner reads back, and that often are keys all the same. */
const header = canary('Header');
const TOPICS = [
  'webhooks',
  'webhook-events',
  'deliveries',
  'retries',
  'attempts',
  'outcomes',
  'endpoint-health',
  'dead-letters',
  'event-types',
  'unmatched-events',
];

let system: TestSystem;
let kafka: TestKafka;
let receiver: WebhookReceiver;
let printed = '';
/** Every answer of the API but those that show a secret once. */
const answers: string[] = [];
/** What those have shown. */
const shown: string[] = [];

beforeAll(async () => {
  receiver = await WebhookReceiver.start((request, response) => {
    response.statusCode = request.url.startsWith('/fails') ? 500 : 200;
    response.end();
  });
  kafka = new TestKafka();
  system = await TestSystem.start({ services: [], env: { LOG_LEVEL: 'trace', RETRY_SCHEDULE: '1s' } });
  const services = [system.subscriptionService, system.eventRouter, system.deliveryService];
  for (const service of services) service.onOutput = (text) => (printed += text);
  await Promise.all(services.map((service) => service.start()));
});

afterAll(async () => {
  await kafka.close();
  await system.stop();
  await receiver.close();
});

async function call(method: string, path: string, body?: object, headers: Record<string, string> = {}) {
  const response = await fetch(`http://127.0.0.1:${system.subscriptionService.port}${path}`, {
    method,
    headers: { authorization: `Bearer ${system.adminKey}`, ...(body ? { 'content-type': 'application/json' } : {}), ...headers },
    ...(body ? { body: JSON.stringify(body) } : {}),
  });
  const text = await response.text();
  const made = text === '' ? {} : (JSON.parse(text) as Record<string, unknown>);
  const once = [made['secret'], made['secretWhsec'], made['key']].filter((value): value is string => typeof value === 'string');
  shown.push(...once);
  if (once.length === 0) answers.push(text);
  return { status: response.status, body: made as { id: string } };
}

/** A text in the spellings in which it would still be found out. */
function spellings(text: string): string[] {
  const bytes = Buffer.from(text);
  const inBase64 = [0, 1, 2].map((skip) => bytes.subarray(skip).toString('base64').slice(0, -4));
  return [text, bytes.toString('hex'), ...inBase64];
}

function found(haystack: string, needles: readonly string[]): string[] {
  return needles.filter((needle) => spellings(needle).some((spelling) => haystack.includes(spelling)));
}

async function everyTopic(): Promise<string> {
  const texts = await Promise.all(
    TOPICS.map(async (name) => {
      const topic = system.topic(name);
      const records = await kafka.waitFor(topic, await kafka.end(topic));
      return records.map(({ key, value, headers }) => `${String(key)} ${String(value)} ${JSON.stringify(headers, textOf)}`).join('\n');
    }),
  );
  return texts.join('\n');
}

const textOf = (_: string, value: unknown): unknown =>
  (value as { type?: string } | null)?.type === 'Buffer' ? Buffer.from((value as { data: number[] }).data).toString() : value;

async function everyTable(): Promise<string> {
  const database = new Client({ connectionString: system.databaseUrl });
  await database.connect();
  try {
    const { rows } = await database.query<{ name: string }>(
      `select quote_ident(schemaname) || '.' || quote_ident(tablename) as name from pg_tables where schemaname in ('subscription', 'delivery')`,
    );
    const dumps: string[] = [];
    for (const { name } of rows) {
      const { rows: lines } = await database.query<{ line: string }>(`select t::text as line from ${name} as t`);
      dumps.push(...lines.map(({ line }) => line));
    }
    return dumps.join('\n');
  } finally {
    await database.end();
  }
}

describe('what is secret', () => {
  it('is found in no log, no later answer, no topic and no table, however it is used', async () => {
    const common = { events: ['order_created'], channelId: system.channel, headers: { 'X-Own': header } };
    const create = async (path: string, rest: object) => {
      const key = { 'idempotency-key': uniqueName('once') };
      const body = { name: uniqueName('canary'), url: receiver.url(path), ...common, ...rest };
      const { body: webhook } = await call('POST', '/v1/webhooks', body, key);
      await call('POST', '/v1/webhooks', body, key);
      return webhook.id;
    };
    const ids = [
      await create('/a', { secret: secrets.signing, auth: { type: 'BEARER', token: secrets.token } }),
      await create('/b', { auth: { type: 'API_KEY', key: secrets.apiKey } }),
      await create('/fails', { auth: { type: 'BASIC', username: 'user', password: secrets.password } }),
      await create('/c', { auth: { type: 'CUSTOM_HEADERS', headers: { 'X-Auth': secrets.authHeader } } }),
    ];
    const [first] = ids as [string];
    await call('POST', `/v1/webhooks/${first}/rotate-secret`, { secret: secrets.rotated, overlapSeconds: 3600 });
    const { body: key } = await call('POST', '/v1/accounts/default/api-keys', { name: 'canary', scopes: ['webhooks:read'] });
    const stored = shown.at(-1)!;
    await call('GET', '/v1/webhooks', undefined, { authorization: `Bearer ${stored}` });
    await call('POST', `/v1/accounts/default/api-keys/${key.id}/rotate`, { overlapSeconds: 60 });

    // Faulty requests that hold a secret, in the right place and in wrong ones.
    const { refused } = secrets;
    await call('PATCH', `/v1/webhooks/${first}`, { secret: refused, signing: false });
    await call('PATCH', `/v1/webhooks/${first}`, { secret: refused.repeat(10) });
    await call('PATCH', `/v1/webhooks/${first}`, { auth: { type: 'NONE', token: refused } });
    await call('PATCH', `/v1/webhooks/${first}`, { auth: { type: 'BEARER', token: `${refused}\n` } });
    await call('PATCH', `/v1/webhooks/${first}`, { auth: { type: 'BASIC', username: 'a:b', password: refused } });
    await call('PATCH', `/v1/webhooks/${first}`, { url: `http://user:${refused}@example.com/` });
    await call('GET', '/v1/webhooks', undefined, { authorization: `Bearer ${refused}` });
    await call('POST', `/v1/webhooks/${first}/rotate-secret`, { secret: 7, overlapSeconds: refused });

    await system.becomesActive(
      async () => {
        const id = uniqueName('event');
        await call('POST', '/v1/events', { type: 'order_created', id, channelId: system.channel, data: {} });
        return id;
      },
      (id) => ids.length === new Set(receiver.requests.filter(({ headers }) => headers['webhook-id'] === id).map(({ url }) => url)).size,
    );
    expect(receiver.requests.some(({ headers }) => headers['authorization'] === `Bearer ${secrets.token}`)).toBe(true);
    await eventually(async () => (await kafka.end(system.topic('retries'))) > 0);
    for (const id of ids) for (const path of ['', '/changes']) await call('GET', `/v1/webhooks/${id}${path}`);
    await call('GET', '/v1/webhooks');
    await call('GET', '/v1/audit');
    await call('GET', '/v1/accounts/default/api-keys');
    await call('DELETE', `/v1/webhooks/${first}`);

    const needles = [...Object.values(secrets), ...shown, system.adminKey];
    expect(shown.length).toBeGreaterThan(6);
    expect(printed).toContain(first);
    expect(found(printed, [...needles, header])).toEqual([]);
    expect(found(answers.join('\n'), needles)).toEqual([]);
    expect(found(await everyTopic(), needles)).toEqual([]);
    const tables = await everyTable();
    expect(found(tables, needles)).toEqual([]);
    expect(found(tables, [header])).toEqual([header]); // the search finds what is there
    const events = await kafka.waitFor(system.topic('webhook-events'), await kafka.end(system.topic('webhook-events')));
    const changes = answers.filter((answer) => answer.includes('"webhook.created"'));
    expect(changes.length).toBeGreaterThan(0);
    expect(found([...changes, ...events.map(({ value }) => String(value))].join('\n'), [header])).toEqual([]);
  });
});
