import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import supertest from 'supertest';
import { decodeWebhookState, type ReceivedRecord } from '#libs/contracts';
import { createDatabase, eventually, kafkaBrokers, type TestDatabase, TestKafka, uniqueName } from '#libs/testing';
import { ADMIN_KEY, startSubscriptionService } from '../subscription-app.int-fixture.js';

type Shown = Record<string, unknown> & { id: string; version: number };

const LIMITS = {
  retryPolicy: { schedule: ['250ms', '5s', '2h'], finalStatuses: [404, 410] },
  maxInFlight: 3,
  rateLimit: { perSecond: 0.5 },
  metadata: { team: 'billing', 'über uns': 'ja' },
};

describe('retries, limits and metadata of a webhook', () => {
  const topicPrefix = uniqueName('fields');
  let database: TestDatabase;
  let app: NestFastifyApplication;
  let kafka: TestKafka;
  let states: readonly ReceivedRecord[];

  const http = () => supertest.agent(app.getHttpServer()).set('authorization', `Bearer ${ADMIN_KEY}`);
  const aBody = (overrides: object = {}) => ({ name: uniqueName('n'), url: 'http://127.0.0.1:8080/hooks', events: ['*'], ...overrides });
  const create = async (overrides: object = {}): Promise<Shown> =>
    (await http().post('/v1/webhooks').send(aBody(overrides)).expect(201)).body as Shown;
  const patch = async (id: string, body: object): Promise<Shown> =>
    (await http().patch(`/v1/webhooks/${id}`).send(body).expect(200)).body as Shown;
  const faultsOf = (answer: { body: { errors: { field: string; rule: string }[] } }) =>
    answer.body.errors.map(({ field, rule }) => `${field}: ${rule}`);
  const refused = async (body: object): Promise<string[]> => faultsOf(await http().post('/v1/webhooks').send(aBody(body)).expect(422));

  beforeAll(async () => {
    database = await createDatabase();
    app = await startSubscriptionService({ databaseUrl: database.url, brokers: kafkaBrokers().join(), topicPrefix });
    kafka = new TestKafka();
    states = await kafka.follow(`${topicPrefix}.webhooks`);
  });
  afterAll(async () => {
    await kafka.close();
    await app.close();
    await database.drop();
  });

  it('read back as they were given', async () => {
    const created = await create(LIMITS);
    expect(created).toMatchObject(LIMITS);
    expect((await http().get(`/v1/webhooks/${created.id}`).expect(200)).body).toMatchObject(LIMITS);
  });

  it('reach those who deliver, delays in milliseconds', async () => {
    const { id } = await create(LIMITS);
    const plain = await create();
    const stateOf = (key: string) => eventually(() => states.find((record) => record.key?.toString() === key));
    expect(decodeWebhookState(await stateOf(id))).toMatchObject({
      retryPolicy: { scheduleMs: [250, 5_000, 7_200_000], finalStatuses: [404, 410] },
      maxInFlight: 3,
      rateLimit: { perSecond: 0.5 },
    });
    expect(decodeWebhookState(await stateOf(plain.id))).toMatchObject({ retryPolicy: null, maxInFlight: 10, rateLimit: null });
  });

  it('are refused by name and rule', async () => {
    expect(await refused({ retryPolicy: { schedule: ['5s', 'x', '8d'], finalStatuses: [204] } })).toEqual([
      'retryPolicy.schedule[1]: retry.delay-form',
      'retryPolicy.schedule[2]: retry.delay-range',
      'retryPolicy.finalStatuses[0]: retry.status',
    ]);
    expect(await refused({ retryPolicy: { schedule: '5s', extra: 1 } })).toEqual([
      'retryPolicy.extra: unknown-field',
      'retryPolicy.schedule: is-array',
    ]);
    expect(await refused({ retryPolicy: ['5s'] })).toContain('retryPolicy: is-object');
    expect(await refused({ maxInFlight: 0 })).toEqual(['maxInFlight: min']);
    expect(await refused({ maxInFlight: 101 })).toEqual(['maxInFlight: max']);
    expect(await refused({ maxInFlight: 1.5 })).toEqual(['maxInFlight: is-int']);
    expect(await refused({ rateLimit: {} })).toEqual(['rateLimit.perSecond: required']);
    expect(await refused({ rateLimit: { perSecond: 0 } })).toEqual(['rateLimit.perSecond: min']);
    expect(await refused({ rateLimit: { perSecond: 10_000.5 } })).toEqual(['rateLimit.perSecond: max']);
    expect(await refused({ rateLimit: 5 })).toContain('rateLimit: is-object');
    expect(await refused({ metadata: { a: 1 } })).toEqual(['metadata: text-map']);
    expect(await refused({ metadata: { a: null } })).toEqual(['metadata: text-map']);
    expect(await refused({ metadata: { ['k'.repeat(65)]: 'x' } })).toEqual([`metadata.${'k'.repeat(64)}: metadata.key-length`]);
  });

  it('are merged by PATCH, null taking away', async () => {
    const { id } = await create({ ...LIMITS, headers: { 'X-Env': 'prod', 'X-A': '1' } });
    expect(await patch(id, { metadata: { team: null, tier: 'gold' }, retryPolicy: { finalStatuses: [401] } })).toMatchObject({
      metadata: { 'über uns': 'ja', tier: 'gold' },
      retryPolicy: { schedule: ['250ms', '5s', '2h'], finalStatuses: [401] },
      maxInFlight: 3,
      version: 2,
    });
    expect((await patch(id, { headers: { 'x-env': 'test', 'X-A': null } }))['headers']).toEqual({ 'x-env': 'test' });
    const cleared = await patch(id, { retryPolicy: null, rateLimit: null, metadata: null, headers: null });
    expect(cleared).toMatchObject({ retryPolicy: null, rateLimit: null, metadata: {}, headers: {}, version: 4 });
  });

  it('name readers of the mails about it, who are absent when there are none', async () => {
    const { id } = await create({ notifyEmails: ['a@example.com'] });
    expect((await patch(id, { notifyEmails: ['b@example.com', 'c@example.com'] }))['notifyEmails']).toEqual([
      'b@example.com',
      'c@example.com',
    ]);
    expect(await patch(id, { notifyEmails: [] })).not.toHaveProperty('notifyEmails');
    for (const notifyEmails of [
      ['nope'],
      ['a@example.com\r\nBcc: b@example.com'],
      Array.from({ length: 11 }, (_, i) => `${i}@example.com`),
      null,
    ])
      expect((await refused({ notifyEmails })).every((fault) => fault.startsWith('notifyEmails: '))).toBe(true);
  });

  it('may not grow past what one webhook may have, however small each change', async () => {
    const keys = (prefix: string, count: number) => Object.fromEntries(Array.from({ length: count }, (_, i) => [`${prefix}${i}`, 'v']));
    const { id } = await create({ metadata: keys('a', 30), headers: keys('x-a', 12) });
    const answer = await http()
      .patch(`/v1/webhooks/${id}`)
      .send({ metadata: keys('b', 21), headers: keys('x-b', 9) })
      .expect(422);
    expect(faultsOf(answer)).toEqual(['headers: egress.header-count', 'metadata: metadata.count']);
    expect((await http().get(`/v1/webhooks/${id}`)).body.version).toBe(1);
  });

  it('that a change leaves as they are make no new version', async () => {
    const body = aBody({ ...LIMITS, metadata: { a: '1', b: '2' } });
    const { id } = (await http().post('/v1/webhooks').send(body).expect(201)).body as Shown;
    expect((await patch(id, { ...LIMITS, metadata: { b: '2' } })).version).toBe(1);
    const again = { ...body, metadata: { b: '2', a: '1' } };
    expect((await http().put(`/v1/webhooks/${id}`).send(again).expect(200)).body.version).toBe(1);
  });

  it('are set to their defaults by a PUT that leaves them out', async () => {
    const { id } = await create(LIMITS);
    const answer = await http().put(`/v1/webhooks/${id}`).send(aBody()).expect(200);
    expect(answer.body).toMatchObject({ retryPolicy: null, maxInFlight: 10, rateLimit: null, metadata: {}, version: 2 });
  });

  describe('a version that somebody has read', () => {
    it('is the ETag of every answer that shows the webhook', async () => {
      const body = aBody();
      const created = await http().post('/v1/webhooks').send(body).expect(201).expect('etag', '"1"');
      const path = `/v1/webhooks/${created.body.id}`;
      await http().get(path).expect(200).expect('etag', '"1"');
      await http().patch(path).send({ timeoutMs: 2_000 }).expect(200).expect('etag', '"2"');
      await http().put(path).send(body).expect(200).expect('etag', '"3"');
      await http().post(`${path}/disable`).expect(200).expect('etag', '"4"');
    });

    it.each(['"1"', 'W/"1"', '"1", "7"', '"stale"', '2'])('and is not the last one changes nothing with If-Match: %s', async (tag) => {
      const { id } = await create();
      await patch(id, { timeoutMs: 2_000 });
      const path = `/v1/webhooks/${id}`;
      const answers = await Promise.all([
        http().patch(path).set('if-match', tag).send({ timeoutMs: 3_000 }),
        http().put(path).set('if-match', tag).send(aBody()),
        http().delete(path).set('if-match', tag),
        http().post(`${path}/disable`).set('if-match', tag),
      ]);
      for (const answer of answers) expect(answer.body).toMatchObject({ status: 412, code: 'WEBHOOK_STALE' });
      expect((await http().get(path).expect(200)).body).toMatchObject({ version: 2, timeoutMs: 2_000 });
    });

    it('and is the last one may be changed, deleted, or matched by a star', async () => {
      const path = `/v1/webhooks/${(await create()).id}`;
      await http().patch(path).set('if-match', '"1"').send({ timeoutMs: 2_000 }).expect(200);
      await http().patch(path).set('if-match', '*').send({ timeoutMs: 3_000 }).expect(200);
      await http().put(path).set('if-match', '"9", W/"3"').send(aBody()).expect(200);
      await http().delete(path).set('if-match', '"4"').expect(204);
      await http().delete(path).set('if-match', '*').expect(404);
    });

    it('lets one of many changes made to it at once through', async () => {
      const path = `/v1/webhooks/${(await create()).id}`;
      const answers = await Promise.all(
        Array.from({ length: 6 }, (_, i) =>
          http()
            .patch(path)
            .set('if-match', '"1"')
            .send({ timeoutMs: 2_000 + i }),
        ),
      );
      expect(answers.map((answer) => answer.status).sort()).toEqual([200, 412, 412, 412, 412, 412]);
    });
  });
});
