import { randomBytes } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { Client } from 'pg';
import supertest from 'supertest';
import { decodeWebhookEvent, decodeWebhookState, headerText, type ReceivedRecord } from '#libs/contracts';
import { parseMasterKeys, Sealer } from '#libs/secrets';
import { createDatabase, eventually, kafkaBrokers, type TestDatabase, TestKafka, uniqueName } from '#libs/testing';
import { ADMIN_KEY, startSubscriptionService } from '../subscription-app.int-fixture.js';

const CREDENTIAL = 'canary-credential-0123456789';

// Two instances on one database and one broker: only one of them relays.
describe('what other services read of webhooks', () => {
  const masterKeys = `k1:${randomBytes(32).toString('base64')}`;
  const topicPrefix = uniqueName('wh');
  let database: TestDatabase;
  let apps: NestFastifyApplication[];
  let kafka: TestKafka;
  let states: readonly ReceivedRecord[];
  let changes: readonly ReceivedRecord[];

  const http = (instance = 0) => supertest.agent(apps[instance]!.getHttpServer()).set('authorization', `Bearer ${ADMIN_KEY}`);
  const of = (records: readonly ReceivedRecord[], id: string) => records.filter((record) => record.key?.toString() === id);
  const create = async (overrides: object = {}): Promise<Record<string, unknown> & { id: string }> => {
    const body = { name: uniqueName('n'), url: 'http://127.0.0.1:8080/', events: ['*'], ...overrides };
    const answer = await http().post('/v1/webhooks').send(body).expect(201);
    return answer.body as Record<string, unknown> & { id: string };
  };

  beforeAll(async () => {
    database = await createDatabase();
    const options = { databaseUrl: database.url, brokers: kafkaBrokers().join(), topicPrefix, masterKeys };
    apps = await Promise.all([startSubscriptionService(options), startSubscriptionService(options)]);
    kafka = new TestKafka();
    states = await kafka.follow(`${topicPrefix}.webhooks`);
    changes = await kafka.follow(`${topicPrefix}.webhook-events`);
  });
  afterAll(async () => {
    await kafka.close();
    await Promise.all(apps.map((app) => app.close()));
    await database.drop();
  });

  it('a created webhook as its full state, with secret and credentials sealed to it', async () => {
    const created = await create({ channelId: 'c1', headers: { 'X-Env': 'prod' }, auth: { type: 'BEARER', token: CREDENTIAL } });
    const [record] = await eventually(() => (of(states, created.id).length > 0 ? of(states, created.id) : undefined));
    const state = decodeWebhookState(record!);
    expect(state).toMatchObject({
      id: created.id,
      version: 1,
      accountId: 'default',
      channelId: 'c1',
      headers: { 'X-Env': 'prod' },
      status: 'enabled',
      timeoutMs: 15000,
    });
    expect(headerText(record!.headers, 'ce_subject')).toBe(created.id);
    const sealer = new Sealer(parseMasterKeys(masterKeys));
    const [secret] = state.secrets;
    expect(sealer.open(secret!.sealed, ['signing', 'default', created.id, secret!.id]).toString()).toBe(created['secret']);
    expect(JSON.parse(sealer.open(state.auth.sealed!, ['auth', 'default', created.id]).toString())).toEqual({
      type: 'BEARER',
      token: CREDENTIAL,
    });
  });

  it('each change with who, when and what, and nothing secret', async () => {
    const { id } = await create({ headers: { 'X-Key': CREDENTIAL }, auth: { type: 'API_KEY', key: CREDENTIAL }, secret: CREDENTIAL });
    await http(1)
      .patch(`/v1/webhooks/${id}`)
      .send({ name: uniqueName('new'), secret: `${CREDENTIAL}-2`, status: 'disabled' })
      .expect(200);
    await http(1).delete(`/v1/webhooks/${id}`).expect(204);
    const records = await eventually(() => (of(changes, id).length === 5 ? of(changes, id) : undefined));
    const messages = records.map(decodeWebhookEvent);
    expect(messages.map(({ version, change }) => `${version} ${change}`)).toEqual([
      '1 created',
      '2 updated',
      '3 secret-rotated',
      '4 disabled',
      '5 deleted',
    ]);
    for (const message of messages) expect(message).toMatchObject({ webhookId: id, accountId: 'default', actor: 'admin' });
    expect(records.map((record) => record.value!.toString()).join()).not.toContain(CREDENTIAL);
  });

  it('a deleted webhook as a tombstone after its last state', async () => {
    const { id } = await create();
    await http(1).delete(`/v1/webhooks/${id}`).expect(204);
    const records = await eventually(() => (of(states, id).length === 2 ? of(states, id) : undefined));
    expect(records[1]!.value).toBeNull();
    expect(headerText(records[1]!.headers, 'ce_id')).toBe(`${id}:2`);
  });

  it('every state of each webhook in the order of versions, while both instances change them at once', async () => {
    const ids = await Promise.all(Array.from({ length: 6 }, async () => (await create()).id));
    const answers = await Promise.all(
      ids.flatMap((id) =>
        Array.from({ length: 16 }, (_, i) =>
          http(i % 2)
            .patch(`/v1/webhooks/${id}`)
            .send({ timeoutMs: 2_000 + i }),
        ),
      ),
    );
    // A change that loses five times in a row is told so; what was accepted must all be there.
    expect([...new Set(answers.map((answer) => answer.status))].filter((status) => status !== 200 && status !== 409)).toEqual([]);
    for (const id of ids) {
      const { version } = (await http().get(`/v1/webhooks/${id}`).expect(200)).body as { version: number };
      const expected = Array.from({ length: version }, (_, i) => i + 1);
      const versions = await eventually(() => {
        const seen = of(states, id).map((record) => decodeWebhookState(record).version);
        return seen.at(-1) === version ? seen : undefined;
      });
      expect(versions).toEqual(expected);
      await eventually(() => of(changes, id).length === version);
      expect(of(changes, id).map((record) => decodeWebhookEvent(record).version)).toEqual(expected);
    }
  });

  it('what was committed while no relay ran, once one runs again', async () => {
    const { id } = await create();
    const [state] = await eventually(() => (of(states, id).length > 0 ? of(states, id) : undefined));
    await Promise.all(apps.map((app) => app.close()));
    // A process that dies between commit and publication leaves exactly this.
    const client = new Client({ connectionString: database.url });
    await client.connect();
    await client.query(`insert into subscription.outbox (topic, key, value, headers) values ($1, $2, $3, '{"again":"1"}')`, [
      state!.topic,
      id,
      state!.value,
    ]);
    await client.end();
    apps = [await startSubscriptionService({ databaseUrl: database.url, brokers: kafkaBrokers().join(), topicPrefix, masterKeys })];
    await eventually(() => of(states, id).some((record) => headerText(record.headers, 'again') === '1'));
  });
});
