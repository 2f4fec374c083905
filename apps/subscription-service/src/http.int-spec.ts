import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import supertest from 'supertest';
import { createDatabase, eventually, kafkaBrokers, type TestDatabase, uniqueName } from '#libs/testing';
import { ADMIN_KEY, startSubscriptionService } from './subscription-app.int-fixture.js';

const CREDENTIAL = 'canary-credential-0123456789';

type Shown = Record<string, unknown> & { id: string; name: string; secret: string };

describe('webhooks over HTTP', () => {
  let database: TestDatabase;
  let app: NestFastifyApplication;
  const http = () => supertest.agent(app.getHttpServer()).set('authorization', `Bearer ${ADMIN_KEY}`);
  const aBody = (overrides: object = {}) => ({
    name: uniqueName('n'),
    url: 'http://127.0.0.1:8080/hooks',
    events: ['order_created'],
    ...overrides,
  });
  const create = async (overrides: object = {}): Promise<Shown> => {
    const answer = await http().post('/v1/webhooks').send(aBody(overrides)).expect(201);
    return answer.body as Shown;
  };
  const faultsOf = async (body: object) => {
    const answer = await http()
      .post('/v1/webhooks')
      .send(body)
      .expect(422)
      .expect('content-type', /^application\/problem\+json/);
    expect(answer.body.code).toBe('VALIDATION_FAILED');
    return (answer.body.errors as { field: string; rule: string }[]).map(({ field, rule }) => `${field}: ${rule}`);
  };

  beforeAll(async () => {
    database = await createDatabase();
    app = await startSubscriptionService({ databaseUrl: database.url, brokers: kafkaBrokers().join(), topicPrefix: uniqueName('http') });
  });
  afterAll(async () => {
    await app.close();
    await database.drop();
  });

  it('is ready once it serves', async () => {
    const answer = await eventually(() => supertest(app.getHttpServer()).get('/readyz').expect(200));
    expect(answer.body).toMatchObject({ parts: { database: { ready: true }, outbox: { ready: true } } });
  });

  it.each([
    ['get', '/v1/webhooks'],
    ['post', '/v1/webhooks'],
    ['get', '/v1/webhooks/wh_x'],
    ['delete', '/v1/webhooks/wh_x'],
    ['post', '/v1/webhooks/wh_x/enable'],
    ['post', '/v1/events'],
    ['get', '/v1/event-types'],
    ['get', '/v1/accounts/default'],
  ] as const)('%s %s needs a key', async (method, path) => {
    const bare = supertest(app.getHttpServer());
    for (const key of [undefined, 'Bearer ', 'Bearer wrong-key-0123456789', `Basic ${ADMIN_KEY}`]) {
      const request = bare[method](path);
      const answer = await (key === undefined ? request : request.set('authorization', key)).expect(401);
      expect(answer.body).toMatchObject({ status: 401, code: 'UNAUTHENTICATED' });
      expect(answer.headers['www-authenticate']).toBe('Bearer');
    }
  });

  it('creates with defaults and shows the secret once', async () => {
    const body = aBody();
    const created = await create(body);
    expect(created).toMatchObject({
      ...body,
      accountId: 'default',
      method: 'POST',
      channelId: null,
      filter: null,
      headers: {},
      auth: { type: 'NONE' },
      payloadFormat: 'DEFAULT',
      signing: true,
      hasSecret: true,
      status: 'enabled',
      disabledReason: null,
      disabledAt: null,
      notificationType: 'REST',
      retryPolicy: null,
      timeoutMs: 15000,
      maxInFlight: 10,
      rateLimit: null,
      metadata: {},
      version: 1,
    });
    expect(created.id).toMatch(/^wh_[0-9a-z]{26}$/);
    expect(created.secret).toMatch(/^[0-9a-f]{64}$/);
    expect(created.secretLast4).toBe(created.secret.slice(-4));
    expect(created.secretWhsec).toBe(`whsec_${Buffer.from(created.secret).toString('base64')}`);
    const { secret: _, secretWhsec: __, ...kept } = created;
    expect((await http().get(`/v1/webhooks/${created.id}`).expect(200)).body).toEqual(kept);
  });

  it("takes the owner's secret and creates without one when signing is off", async () => {
    expect(await create({ secret: 'my own secret 16' })).toMatchObject({ signing: true, secret: 'my own secret 16', secretLast4: 't 16' });
    const unsigned = await create({ signing: false });
    expect(unsigned).toMatchObject({ signing: false, hasSecret: false, secretLast4: null });
    expect(unsigned).not.toHaveProperty('secret');
  });

  it.each([
    [{ type: 'BEARER', token: CREDENTIAL }, { type: 'BEARER' }],
    [
      { type: 'API_KEY', key: CREDENTIAL },
      { type: 'API_KEY', headerName: 'x-api-key' },
    ],
    [{ type: 'BASIC', username: 'u', password: CREDENTIAL }, { type: 'BASIC' }],
    [
      { type: 'CUSTOM_HEADERS', headers: { 'X-Tenant': CREDENTIAL } },
      { type: 'CUSTOM_HEADERS', headerNames: ['X-Tenant'] },
    ],
  ])('answers with the kind of auth %#, never with its credentials', async (auth, shown) => {
    const created = await create({ auth });
    expect(created.auth).toEqual(shown);
    const read = await http().get(`/v1/webhooks/${created.id}`).expect(200);
    const list = await http().get('/v1/webhooks').expect(200);
    expect(JSON.stringify([created, read.body, list.body])).not.toContain(CREDENTIAL);
  });

  it('names every faulty field with its rule', async () => {
    expect(await faultsOf({})).toEqual(expect.arrayContaining(['name: required', 'url: required', 'events: required']));
    expect(await faultsOf(aBody({ events: ['order_created', 'messages:*', 'nope'] }))).toEqual(['events[2]: unknown-event-type']);
    expect(await faultsOf(aBody({ events: ['test.webhook'] }))).toEqual(['events[0]: unknown-event-type']);
    expect(await faultsOf(aBody({ events: [] }))).toEqual(['events: array-min-size']);
    expect(await faultsOf(aBody({ url: 'http://10.0.0.5/', headers: { Host: 'x', ok: 'y' } }))).toEqual([
      'url: egress.private-address',
      'headers.Host: egress.header-forbidden',
    ]);
    expect(await faultsOf(aBody({ auth: { type: 'BEARER' } }))).toEqual(['auth.token: required']);
    expect(await faultsOf(aBody({ auth: { type: 'NONE', token: 'x' } }))).toEqual(['auth.token: unknown-field']);
    expect(await faultsOf(aBody({ auth: { type: 'BEARER', token: 'a\r\nb' } }))).toEqual(['auth.token: egress.header-value']);
    expect(await faultsOf(aBody({ secret: 'short' }))).toEqual(['secret: secret.length']);
    expect(await faultsOf(aBody({ signing: false, secret: 'long enough secret' }))).toEqual(['secret: signing-off']);
    expect(await faultsOf(aBody({ accountId: 'other', id: 'wh_1' }))).toEqual(['accountId: unknown-field', 'id: unknown-field']);
    expect(await faultsOf(aBody({ name: 'a\u0000b' }))).toEqual(['name: printable']);
    expect(await faultsOf(aBody({ name: null }))).toContain('name: is-string');
    expect(await faultsOf(aBody({ headers: { a: 1 } }))).toEqual(['headers: text-map']);
    expect(await faultsOf(aBody({ timeoutMs: 999 }))).toEqual(['timeoutMs: min']);
    expect(await faultsOf(aBody({ auth: 'BEARER' }))).toContain('auth: is-object');
    expect(await faultsOf([])).toEqual(['body: object']);
  });

  it.each(['{', '', 'nope', '{"name":"a",}', '{"__proto__":{}}'])('answers 400 or 422 to the body %j, never 500', async (body) => {
    const answer = await http().post('/v1/webhooks').set('content-type', 'application/json').send(body);
    expect(answer.status).toBe(body === '' ? 422 : 400);
    expect(JSON.stringify(answer.body)).not.toContain('node_modules');
  });

  it.each(['text/plain', 'application/x-www-form-urlencoded', 'application/xml'])('answers 400 to a body of %s', async (type) => {
    const answer = await http().post('/v1/webhooks').set('content-type', type).send('{"name":"x"}').expect(400);
    expect(answer.body.code).toBe('CONTENT_TYPE_UNSUPPORTED_HTTP');
  });

  it('answers 409 to a name that is taken, and frees it on deletion', async () => {
    const { id, name } = await create();
    const answer = await http().post('/v1/webhooks').send(aBody({ name })).expect(409);
    expect(answer.body).toMatchObject({ code: 'WEBHOOK_NAME_TAKEN', errors: [{ field: 'name' }] });
    await http().delete(`/v1/webhooks/${id}`).expect(204);
    await create({ name });
  });

  it('lets one of many concurrent creates have the name', async () => {
    const body = aBody();
    const answers = await Promise.all(Array.from({ length: 6 }, () => http().post('/v1/webhooks').send(body)));
    expect(answers.map((answer) => answer.status).sort()).toEqual([201, 409, 409, 409, 409, 409]);
  });

  it('changes only what a PATCH names', async () => {
    const created = await create({ channelId: 'c1', auth: { type: 'BEARER', token: CREDENTIAL } });
    const changed = (await http().patch(`/v1/webhooks/${created.id}`).send({ url: 'https://example.com' }).expect(200)).body;
    const { secret: _, secretWhsec: __, ...kept } = created;
    expect(changed).toEqual({ ...kept, url: 'https://example.com/', version: 2, updatedAt: changed.updatedAt });
    const cleared = await http().patch(`/v1/webhooks/${created.id}`).send({ channelId: null }).expect(200);
    expect(cleared.body.channelId).toBeNull();
    expect((await http().patch(`/v1/webhooks/${created.id}`).send({}).expect(200)).body.version).toBe(3);
  });

  it('makes a new secret when a PATCH says signing: true, and drops it with signing: false', async () => {
    const created = await create();
    const rotated = (await http().patch(`/v1/webhooks/${created.id}`).send({ signing: true }).expect(200)).body;
    expect(rotated.secret).toMatch(/^[0-9a-f]{64}$/);
    expect(rotated.secret).not.toBe(created.secret);
    const off = (await http().patch(`/v1/webhooks/${created.id}`).send({ signing: false }).expect(200)).body;
    expect(off).toMatchObject({ signing: false, hasSecret: false });
  });

  it('replaces a whole webhook with PUT, the same again changing nothing', async () => {
    const created = await create({ channelId: 'c1', headers: { a: 'b' } });
    const body = aBody({ method: 'PUT' });
    const first = (await http().put(`/v1/webhooks/${created.id}`).send(body).expect(200)).body;
    expect(first).toMatchObject({ ...body, channelId: null, headers: {}, signing: true, secretLast4: created.secretLast4, version: 2 });
    expect((await http().put(`/v1/webhooks/${created.id}`).send(body).expect(200)).body).toEqual(first);
  });

  it('enables and disables, again and again without effect', async () => {
    const { id } = await create();
    const { body: off } = await http().post(`/v1/webhooks/${id}/disable`).expect(200);
    expect(off).toMatchObject({ status: 'disabled', disabledReason: 'manual', disabledAt: off.updatedAt, version: 2 });
    expect((await http().post(`/v1/webhooks/${id}/disable`).expect(200)).body.version).toBe(2);
    const request = http().post(`/v1/webhooks/${id}/enable`).set('content-type', 'application/json');
    expect((await request.expect(200)).body).toMatchObject({ status: 'enabled', disabledReason: null, disabledAt: null, version: 3 });
  });

  it('deletes with 204, then answers 404 on every route', async () => {
    const { id } = await create();
    await http().delete(`/v1/webhooks/${id}`).expect(204);
    const answers = await Promise.all([
      http().delete(`/v1/webhooks/${id}`),
      http().get(`/v1/webhooks/${id}`),
      http().patch(`/v1/webhooks/${id}`).send({ name: 'x' }),
      http().post(`/v1/webhooks/${id}/enable`),
    ]);
    for (const answer of answers) expect(answer.body).toMatchObject({ status: 404, code: 'WEBHOOK_NOT_FOUND' });
  });

  it('lists by channel and status, newest first, in pages that cover everything once', async () => {
    const channelId = uniqueName('c');
    const made: string[] = [];
    for (let i = 0; i < 5; i++) made.push((await create({ channelId, status: i % 2 ? 'disabled' : 'enabled' })).id);
    const seen: string[] = [];
    let cursor: string | null = null;
    do {
      const page: { data: { id: string }[]; nextCursor: string | null } = (
        await http()
          .get('/v1/webhooks')
          .query({ channelId, limit: 2, ...(cursor ? { cursor } : {}) })
          .expect(200)
      ).body;
      seen.push(...page.data.map((row) => row.id));
      cursor = page.nextCursor;
    } while (cursor !== null);
    expect(seen).toEqual([...made].reverse());
    const disabled = await http().get('/v1/webhooks').query({ channelId, status: 'disabled' }).expect(200);
    expect(disabled.body.data).toHaveLength(2);
  });

  it.each(['limit=0', 'limit=101', 'limit=x', 'status=on', 'cursor=abc', 'cursor=', 'surprise=1'])(
    'refuses the query %s',
    async (query) => {
      expect((await http().get(`/v1/webhooks?${query}`).expect(422)).body.code).toBe('VALIDATION_FAILED');
    },
  );

  it('shows the catalog', async () => {
    expect((await http().get('/v1/modules').expect(200)).body.data).toContainEqual(
      expect.objectContaining({ name: 'orders', topic: 'orders' }),
    );
    expect((await http().get('/v1/event-types').expect(200)).body.data.length).toBeGreaterThan(20);
    expect((await http().get('/v1/event-types/order_created').expect(200)).body).toMatchObject({ name: 'order_created', module: 'orders' });
    await http().get('/v1/event-types/nope').expect(404);
    expect((await http().get('/v1/accounts/default').expect(200)).body).toMatchObject({ id: 'default' });
    await http().get('/v1/accounts/other').expect(404);
  });

  it('keeps a filter as it was written, refuses a faulty one with its place, and takes it away with null', async () => {
    const filter = 'data.total > 100.0 &&\n  channelId == "shop"';
    const { id } = await create({ filter });
    expect((await http().get(`/v1/webhooks/${id}`)).body.filter).toBe(filter);
    const faulty = await http().patch(`/v1/webhooks/${id}`).send({ filter: 'data.total >' }).expect(422);
    expect(faulty.body.errors).toEqual([
      expect.objectContaining({ field: 'filter', rule: 'filter.syntax', position: { line: 1, column: 13 } }),
    ]);
    for (const empty of ['', 'type == "\u0000"']) await http().patch(`/v1/webhooks/${id}`).send({ filter: empty }).expect(422);
    expect((await http().patch(`/v1/webhooks/${id}`).send({ filter: null }).expect(200)).body.filter).toBeNull();
  });

  it('keeps an event type that the catalog has lost, says so, and takes no other unknown one', async () => {
    const type = uniqueName('lost.type');
    const definition = { module: 'orders', label: 'Lost', description: 'Soon gone.', schema: {}, sample: {} };
    await http().put(`/v1/event-types/${type}`).send(definition).expect(201);
    const { id } = await create({ events: ['order_created', type] });
    expect((await http().get(`/v1/webhooks/${id}`)).body).not.toHaveProperty('unknownEvents');
    await http().delete(`/v1/event-types/${type}`).expect(204);
    expect((await http().get(`/v1/webhooks/${id}`)).body).toMatchObject({ events: ['order_created', type], unknownEvents: [type] });
    await http()
      .patch(`/v1/webhooks/${id}`)
      .send({ events: [type, 'order_updated'] })
      .expect(200);
    const refused = await http()
      .patch(`/v1/webhooks/${id}`)
      .send({ events: [type, 'never.there'] })
      .expect(422);
    expect(refused.body.errors).toEqual([expect.objectContaining({ field: 'events[1]', rule: 'unknown-event-type' })]);
  });

  it.each(['id', 'accountId', 'version', 'secretLast4', 'createdAt', 'lastEvent', 'disabledReason', 'disabledAt'])(
    'lets nobody set %s',
    async (field) => {
      const { id } = await create();
      const refused = await http()
        .patch(`/v1/webhooks/${id}`)
        .send({ [field]: 'x' })
        .expect(422);
      expect(refused.body.errors).toEqual([expect.objectContaining({ field, rule: 'unknown-field' })]);
    },
  );

  it('rotates the secret for a day when nothing is said, and tells the version for the next write', async () => {
    const { id } = await create();
    const rotated = await http().post(`/v1/webhooks/${id}/rotate-secret`).expect(200).expect('etag', '"2"');
    const hours = (Date.parse(rotated.body.previousValidUntil as string) - Date.now()) / 3_600_000;
    expect(Math.round(hours)).toBe(24);
    await http().post(`/v1/webhooks/${id}/rotate-secret`).send({ overlapSeconds: 604_801 }).expect(422);
    await http().post(`/v1/webhooks/${id}/rotate-secret`).set('if-match', '"1"').send({ overlapSeconds: 0 }).expect(412);
    const last = await http().post(`/v1/webhooks/${id}/rotate-secret`).set('if-match', '"2"').send({ overlapSeconds: 0 }).expect(200);
    expect(last.body.previousValidUntil).toBeNull();
    expect((await http().get(`/v1/webhooks/${id}`)).body.secretLast4).toBe((last.body.secret as string).slice(-4));
  });
});
