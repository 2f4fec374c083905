import { randomBytes } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { Client } from 'pg';
import supertest from 'supertest';
import { headerText } from '#libs/contracts';
import { createDatabase, eventually, kafkaBrokers, type TestDatabase, TestKafka, uniqueName } from '#libs/testing';
import { ADMIN_KEY, startSubscriptionService } from '../subscription-app.int-fixture.js';

describe('a POST with an Idempotency-Key', () => {
  let database: TestDatabase;
  let apps: NestFastifyApplication[];
  let kafka: TestKafka;
  const topicPrefix = uniqueName('idem');
  const http = (instance = 0) => supertest.agent(apps[instance]!.getHttpServer()).set('authorization', `Bearer ${ADMIN_KEY}`);
  const post = (path: string, key: string, body: string | object, instance = 0) =>
    http(instance).post(path).set('idempotency-key', key).set('content-type', 'application/json').send(body);
  const aWebhook = (overrides: object = {}) => ({ name: uniqueName('n'), url: 'http://127.0.0.1:8080/', events: ['*'], ...overrides });
  const named = async (name: string) => ((await http().get('/v1/webhooks').query({ q: name })).body.data as unknown[]).length;

  beforeAll(async () => {
    database = await createDatabase();
    const masterKeys = `k1:${randomBytes(32).toString('base64')}`;
    const options = { databaseUrl: database.url, brokers: kafkaBrokers().join(), topicPrefix, masterKeys };
    apps = [await startSubscriptionService(options), await startSubscriptionService(options)];
    kafka = new TestKafka();
  });
  afterAll(async () => {
    for (const app of apps) await app.close();
    await kafka.close();
    await database.drop();
  });

  it('creates a webhook once and shows its secret again, on another instance too', async () => {
    const [key, body] = [uniqueName('key'), aWebhook()];
    const first = await post('/v1/webhooks', key, body).expect(201);
    expect(first.headers['idempotent-replayed']).toBeUndefined();
    for (const instance of [0, 1]) {
      const again = await post('/v1/webhooks', key, body, instance).expect(201).expect('idempotent-replayed', 'true').expect('etag', '"1"');
      expect(again.text).toBe(first.text);
      expect(again.body.secret).toMatch(/^[0-9a-f]{64}$/);
    }
    expect(await named(body.name)).toBe(1);
    const records = await kafka.waitFor(`${topicPrefix}.webhooks`, 1, (record) => record.key?.toString() === first.body.id);
    expect(records).toHaveLength(1);
  });

  it('is refused with another body, and on another route', async () => {
    const [key, body] = [uniqueName('key'), aWebhook()];
    const { id } = (await post('/v1/webhooks', key, body).expect(201)).body as { id: string };
    expect((await post('/v1/webhooks', key, aWebhook()).expect(409)).body.code).toBe('IDEMPOTENCY_CONFLICT');
    expect((await post(`/v1/webhooks/${id}/disable`, key, body).expect(409)).body.code).toBe('IDEMPOTENCY_CONFLICT');
    expect((await http().get(`/v1/webhooks/${id}`)).body.status).toBe('enabled');
  });

  it('is refused in the same words again, also when it would pass by now', async () => {
    const [key, body] = [uniqueName('key'), aWebhook()];
    const { id } = (await http().post('/v1/webhooks').send(body).expect(201)).body as { id: string };
    const refused = await post('/v1/webhooks', key, body).expect(409);
    await http().delete(`/v1/webhooks/${id}`).expect(204);
    const again = await post('/v1/webhooks', key, body).expect(409);
    expect({ ...again.body, traceId: '' }).toEqual({ ...refused.body, traceId: '' });
    expect(await named(body.name)).toBe(0);
    const invalid = uniqueName('key');
    for (let time = 0; time < 2; time++) {
      expect((await post('/v1/webhooks', invalid, { name: 1 }).expect(422)).body.errors).not.toHaveLength(0);
    }
  });

  it.each(['', 'ä', 'x'.repeat(256)])('is refused with the key %j', async (key) => {
    const answer = await post('/v1/webhooks', key === 'ä' ? '\u00e4' : key, aWebhook()).expect(422);
    expect(answer.body.errors).toMatchObject([{ field: 'idempotency-key' }]);
  });

  it('creates once when it is sent many times at once', async () => {
    const [key, body] = [uniqueName('key'), aWebhook()];
    const answers = await Promise.all(Array.from({ length: 12 }, (_, index) => post('/v1/webhooks', key, body, index % 2)));
    for (const { status, body: answer, headers } of answers.filter((candidate) => candidate.status !== 201)) {
      expect([status, (answer as { code: string }).code]).toEqual([409, 'IDEMPOTENCY_IN_PROGRESS']);
      expect(Number(headers['retry-after'])).toBeGreaterThan(0);
    }
    expect(new Set(answers.filter(({ status }) => status === 201).map(({ text }) => text)).size).toBe(1);
    expect(await named(body.name)).toBe(1);
  });

  it('makes an account and a key of it once, and shows the key again, which opens', async () => {
    const account = { id: uniqueName('acc'), name: 'Acme' };
    const accountKey = uniqueName('key');
    const made = await post('/v1/accounts', accountKey, account).expect(201);
    expect((await post('/v1/accounts', accountKey, account, 1).expect(201)).text).toBe(made.text);
    const [path, body, key] = [`/v1/accounts/${account.id}/api-keys`, { name: 'k', scopes: ['events:write'] }, uniqueName('key')];
    const first = await post(path, key, body).expect(201);
    const again = await post(path, key, body, 1).expect(201).expect('idempotent-replayed', 'true');
    expect(again.text).toBe(first.text);
    expect((await http().get(path).expect(200)).body.data).toHaveLength(1);
    const event = { type: 'ticket.closed', data: {} };
    const own = (request: supertest.Test) => request.set('authorization', `Bearer ${(first.body as { key: string }).key}`);
    await own(supertest(apps[1]!.getHttpServer()).post('/v1/events')).send(event).expect(202);
  });

  it('leaves connections for others while many are under way', async () => {
    const answers = await Promise.all(Array.from({ length: 60 }, () => post('/v1/webhooks', uniqueName('key'), aWebhook())));
    expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([201]));
  });

  it('publishes an event once, also one that has no id', async () => {
    const [key, type, marker] = [uniqueName('key'), 'ticket.closed', uniqueName('marker')];
    const body = `{"type":"${type}","data":{"n": 1.10,"marker":"${marker}"}}`;
    const first = await post('/v1/events', key, body).expect(202);
    const again = await post('/v1/events', key, body, 1).expect(202).expect('idempotent-replayed', 'true');
    expect(again.text).toBe(first.text);
    await post('/v1/events', key, body.replace('1.10', '1.1')).expect(409);
    const last = await http().post('/v1/events').set('content-type', 'application/json').send(body).expect(202);
    const records = await kafka.waitFor('tickets', 2, ({ value }) => value!.toString().includes(marker));
    expect(records.map(({ headers }) => headerText(headers, 'ce_id')).sort()).toEqual([first.body.id, last.body.id].sort());
  });

  it('gives the events of a batch the same ids when it runs again after a crash', async () => {
    const key = uniqueName('key');
    const batch = `{"events":[${Array.from({ length: 20 }, (_, index) => `{"type":"ticket.closed","data":${index}}`).join()}]}`;
    const first = await post('/v1/events/batch', key, batch).expect(202);
    await forgetAnswer(key);
    const again = await eventually(() => post('/v1/events/batch', key, batch).expect(202));
    expect(again.headers['idempotent-replayed']).toBeUndefined();
    expect(again.body).toEqual(first.body);
  });

  /** As if the service had died between publishing and storing its answer, a while ago. */
  async function forgetAnswer(key: string): Promise<void> {
    const client = new Client({ connectionString: database.url });
    await client.connect();
    await client.query('update subscription.idempotency_keys as k set answer = null, lease_until = now() where k.key = $1', [key]);
    await client.end();
  }
});
