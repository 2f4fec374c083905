import { randomBytes } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { Client } from 'pg';
import supertest from 'supertest';
import { decodeEventTypeState, headerText } from '#libs/contracts';
import { Secret } from '#libs/kernel';
import { createDataSource, UnitOfWork } from '#libs/persistence';
import { createDatabase, eventually, kafkaBrokers, type TestDatabase, TestKafka, uniqueName } from '#libs/testing';
import { databaseOptions } from '../database-options.js';
import { ADMIN_KEY, startSubscriptionService } from '../subscription-app.int-fixture.js';
import { loadRedactRules } from './load-redact-rules.js';

const SCHEMA = { type: 'object', required: ['total'], properties: { total: { type: 'integer' } } };
const aType = (overrides: object = {}) => ({
  module: 'orders',
  label: 'Paid order',
  description: 'An order was paid.',
  schema: SCHEMA,
  sample: { total: 1 },
  ...overrides,
});

describe('event types of administrators', () => {
  let database: TestDatabase;
  let apps: NestFastifyApplication[];
  let kafka: TestKafka;
  const topicPrefix = uniqueName('cat');
  const http = (instance = 0) => supertest.agent(apps[instance]!.getHttpServer()).set('authorization', `Bearer ${ADMIN_KEY}`);
  const path = (name: string) => `/v1/event-types/${encodeURIComponent(name)}`;
  const put = (name: string, body: object = aType()) => http().put(path(name)).send(body);
  const create = async (overrides: object = {}): Promise<string> => {
    const name = uniqueName('type');
    await put(name, aType(overrides)).expect(201);
    return name;
  };

  const query = async (sql: string, values: unknown[]) => {
    const client = new Client({ connectionString: database.url });
    await client.connect();
    try {
      return await client.query(sql, values);
    } finally {
      await client.end();
    }
  };

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

  it('are there at once, on other instances within two seconds, and go again', async () => {
    const name = uniqueName('t.x:y');
    const created = await put(name).expect(201).expect('etag', '"1"');
    expect(created.body).toMatchObject({
      ...aType(),
      name,
      version: 1,
      origin: 'admin',
      schemaCheck: 'off',
      deprecated: null,
      combines: [],
    });
    const event = { type: name, data: { total: 2 } };
    await http().post('/v1/events').send(event).expect(202);
    await http()
      .post('/v1/webhooks')
      .send({ name: uniqueName('n'), url: 'http://127.0.0.1:8080/', events: [name] })
      .expect(201);
    await eventually(() => http(1).get(path(name)).expect(200).expect('etag', '"1"'), { timeoutMs: 2_000 });
    await http().delete(path(name)).expect(204);
    await http().get(path(name)).expect(404);
    await http().delete(path(name)).expect(404);
    await http().post('/v1/events').send(event).expect(422);
    await eventually(() => http(1).get(path(name)).expect(404), { timeoutMs: 2_000 });
  });

  it('are told to other services, change by change', async () => {
    const name = await create();
    await put(name, aType({ schemaCheck: 'warn' })).expect(200);
    await http().delete(path(name)).expect(204);
    const records = await kafka.waitFor(`${topicPrefix}.event-types`, 3, ({ key }) => key?.toString() === name);
    expect(records.map(({ headers }) => headerText(headers, 'ce_id'))).toEqual([`${name}:1`, `${name}:2`, `${name}:3`]);
    expect(decodeEventTypeState({ ...records[1]!, value: records[1]!.value! })).toMatchObject({
      name,
      version: 2,
      schema: SCHEMA,
      schemaCheck: 'warn',
    });
    expect(records[2]!.value).toBeNull();
  });

  it('show what is not stored of their data, and are another version with another', async () => {
    const name = await create({ redact: ['/total'] });
    expect((await http().get(path(name))).body).toMatchObject({ version: 1, redact: ['/total'] });
    await put(name, aType({ redact: ['/total'] }))
      .expect(200)
      .expect('etag', '"1"');
    expect((await put(name).expect(200)).body).toMatchObject({ version: 2, redact: [] });
    const { data } = (await http().get(`${path(name)}/versions`)).body as { data: { definition: { redact: string[] } }[] };
    expect(data.map(({ definition }) => definition.redact)).toEqual([[], ['/total']]);
    expect((await http().get(path('order_created'))).body).toMatchObject({ redact: [] });
    const refused = await put(name, aType({ redact: ['total'] })).expect(422);
    expect(refused.body).toMatchObject({ code: 'VALIDATION_FAILED', errors: [{ field: 'redact', rule: 'matches' }] });
  });

  it('say to who stores what is not to be stored, from the moment when they are changed, and still when they are deleted', async () => {
    const source = createDataSource(databaseOptions(new Secret(database.url)));
    await source.initialize();
    const unitOfWork = new UnitOfWork(source);
    const rules = await loadRedactRules(new Secret(database.url), undefined);
    const ruleOf = (name: string) =>
      unitOfWork.run(async (transaction) => {
        await rules.refresh(transaction);
        return rules.of(name);
      });
    const name = await create({ redact: ['/total'] });
    expect(await ruleOf(name)).toEqual(['/total']);
    await put(name, aType({ redact: ['/total', '/x/*'] })).expect(200);
    expect(await ruleOf(name)).toEqual(['/total', '/x/*']);
    await http().delete(path(name)).expect(204);
    expect(await ruleOf(name)).toEqual(['/total', '/x/*']);
    await put(name).expect(201);
    expect([await ruleOf(name), await ruleOf('order_created'), await ruleOf('unknown')]).toEqual([[], [], []]);
    await source.destroy();
  });

  it('keep their versions, over a deletion too; the same again is none', async () => {
    const name = await create();
    await put(name).expect(200).expect('etag', '"1"');
    await put(name, aType({ schema: {} }))
      .expect(200)
      .expect('etag', '"2"');
    await http().delete(path(name)).expect(204);
    await put(name).expect(201).expect('etag', '"4"');
    const first = (
      await http()
        .get(`${path(name)}/versions?limit=3`)
        .expect(200)
    ).body as { data: object[]; nextCursor: string };
    expect(first.data).toMatchObject([
      { version: 4, definition: { schema: SCHEMA } },
      { version: 3, definition: null, actor: 'admin' },
      { version: 2, definition: { schema: {} } },
    ]);
    const rest = await http()
      .get(`${path(name)}/versions?cursor=${first.nextCursor}`)
      .expect(200);
    expect(rest.body).toMatchObject({ data: [{ version: 1 }], nextCursor: null });
    expect((await http().get('/v1/event-types/order_created/versions')).body).toMatchObject({ data: [{ version: 1, actor: 'shipped' }] });
    await http().get('/v1/event-types/nope/versions').expect(404);
  });

  it('leave a trace of each change in the audit log', async () => {
    const name = await create();
    await put(name, aType({ label: 'Other' })).expect(200);
    await http().delete(path(name)).expect(204);
    const { rows } = await query(
      'select a.action, a.actor, a.before, a.after from subscription.audit_log as a where a.subject = $1 order by a.id',
      [name],
    );
    expect(rows).toMatchObject([
      { action: 'event-type.created', actor: 'admin', before: null, after: { label: 'Paid order' } },
      { action: 'event-type.updated', before: { label: 'Paid order' }, after: { label: 'Other' } },
      { action: 'event-type.deleted', before: { label: 'Other' }, after: null },
    ]);
  });

  it('are changed only at the version that If-Match names', async () => {
    const name = await create();
    await put(name, aType({ label: 'Other' }))
      .set('if-match', '"2"')
      .expect(412);
    await put(name, aType({ label: 'Other' }))
      .set('if-match', '"1"')
      .expect(200);
    expect((await http().delete(path(name)).set('if-match', '"1"').expect(412)).body.code).toBe('EVENT_TYPE_STALE');
    await put(uniqueName('new')).set('if-match', '*').expect(201);
    await put(uniqueName('new')).set('if-match', '"1"').expect(412);
  });

  it.each(['order_created', 'RECEIVED_STATUS', 'test.webhook'])('cannot take the place of %s', async (name) => {
    expect((await put(name).expect(409)).body.code).toBe('EVENT_TYPE_FIXED');
    expect((await http().delete(path(name)).expect(409)).body.code).toBe('EVENT_TYPE_FIXED');
  });

  it('can be combined; a member then stays, and its faults are those of the combination', async () => {
    const [a, b] = [await create(), await create()];
    const both = uniqueName('both');
    const combined = { module: 'orders', label: 'Both', description: 'Either.', combines: [a, b] };
    const answer = await put(both, combined).expect(201);
    expect(answer.body).toMatchObject({ combines: [a, b], schema: { anyOf: [SCHEMA, SCHEMA] }, sample: { total: 1 } });
    expect((await http().delete(path(a)).expect(409)).body.code).toBe('EVENT_TYPE_COMBINED');
    expect((await put(a, { ...combined, combines: [b, 'order_created'] }).expect(409)).body.code).toBe('EVENT_TYPE_COMBINED');
    await http().post('/v1/events').send({ type: both, data: {} }).expect(422);
    await http().delete(path(both)).expect(204);
    await http().delete(path(a)).expect(204);
  });

  it('are refused with every fault named', async () => {
    const answer = await put(uniqueName('bad'), aType({ label: undefined, schema: { type: 'thing' } })).expect(422);
    expect(answer.body).toMatchObject({ code: 'VALIDATION_FAILED', errors: [{ field: 'label', rule: 'required' }] });
    const faults = (await put(uniqueName('bad'), aType({ sample: { total: 'x' } })).expect(422)).body.errors as object[];
    expect(faults).toMatchObject([{ field: 'sample/total', rule: 'schema.type' }]);
  });

  it('are refused when they are nested without end', async () => {
    const deep = (count: number) => `{"schema":${'{"not":'.repeat(count)}{}${'}'.repeat(count)}}`;
    for (const count of [200, 5_000, 100_000]) {
      const answer = await http()
        .put(path(uniqueName('deep')))
        .set('content-type', 'application/json')
        .send(deep(count));
      expect([count, answer.status]).toEqual([count, 422]);
    }
  });

  it('are refused under a name that is none, and in another module than before', async () => {
    expect((await put('a b').expect(422)).body.errors).toMatchObject([{ field: 'type', rule: 'name' }]);
    const name = await create();
    expect((await put(name, aType({ module: 'users' })).expect(422)).body.errors).toMatchObject([{ field: 'module', rule: 'immutable' }]);
  });

  it('keep their schema as it was written, its order included', async () => {
    const schema = { title: 'T', properties: { toString: { type: 'string' }, b: {}, a: { const: 1.5 } }, $id: 'https://example.com/s' };
    const name = await create({ schema, sample: { toString: 'x' } });
    expect(JSON.stringify((await http().get(path(name))).body.schema)).toBe(JSON.stringify(schema));
  });

  it('check data as they say, and warn of being deprecated', async () => {
    const reject = await create({ schemaCheck: 'reject' });
    const refused = await http()
      .post('/v1/events')
      .send({ type: reject, data: { total: 1.5 } })
      .expect(422);
    expect(refused.body).toMatchObject({ code: 'VALIDATION_FAILED', errors: [{ field: 'data/total', rule: 'schema.type' }] });
    const warn = await create({ schemaCheck: 'warn', deprecated: { message: 'Gone soon.', replacedBy: reject } });
    const { body } = await http().post('/v1/events').send({ type: warn, data: {} }).expect(202);
    expect(body).toMatchObject({ id: expect.anything(), warnings: [{ rule: 'deprecated' }, { field: 'data/total' }] });
  });

  it('keep the moment since when they are deprecated', async () => {
    const name = await create({ deprecated: {} });
    const { since } = (await http().get(path(name))).body.deprecated as { since: string };
    const again = await put(name, aType({ deprecated: { message: 'Really.' } })).expect(200);
    expect(again.body.deprecated).toEqual({ since, message: 'Really.', replacedBy: null });
  });

  it('come in pages, filtered, with the others', async () => {
    const module = 'forms';
    const made = [await create({ module, label: 'Zebra Crossing' }), await create({ module, deprecated: {} }), await create({ module })];
    const listed: string[] = [];
    for (let cursor: string | null = ''; cursor !== null;) {
      const { body } = await http()
        .get('/v1/event-types')
        .query({ module, limit: 2, ...(cursor ? { cursor } : {}) })
        .expect(200);
      listed.push(...(body.data as { name: string }[]).map(({ name }) => name));
      cursor = body.nextCursor as string | null;
    }
    expect(listed).toEqual(['form_submitted', ...made].sort());
    const names = async (query: object) =>
      ((await http().get('/v1/event-types').query(query).expect(200)).body.data as { name: string }[]).map(({ name }) => name);
    expect(await names({ module, deprecated: 'true' })).toEqual([made[1]]);
    expect(await names({ module, deprecated: 'false' })).not.toContain(made[1]);
    expect(await names({ q: 'zebra cross' })).toEqual([made[0]]);
    for (const query of ['cursor=x', 'limit=0', 'limit=101', 'deprecated=maybe', 'more=1'])
      await http().get(`/v1/event-types?${query}`).expect(422);
    const modules = (await http().get('/v1/modules?limit=3').expect(200)).body as { data: { updatedAt: string }[]; nextCursor: string };
    expect(modules.data).toHaveLength(3);
    for (const { updatedAt } of modules.data) expect(Date.parse(updatedAt)).toBeGreaterThan(0);
    expect((await http().get('/v1/modules').query({ cursor: modules.nextCursor })).body.data).toHaveLength(7);
  });

  it('are changed one after the other by many at once, with no version lost', async () => {
    const name = await create();
    const labels = Array.from({ length: 10 }, (_, index) => `Label ${index}`);
    await Promise.all(
      labels.map((label, index) =>
        http(index % 2)
          .put(path(name))
          .send(aType({ label }))
          .expect(200),
      ),
    );
    const { data } = (await http().get(`${path(name)}/versions`)).body as { data: { version: number }[] };
    expect(data.map(({ version }) => version)).toEqual([11, 10, 9, 8, 7, 6, 5, 4, 3, 2, 1]);
    const last = async (instance: number) => (await http(instance).get(path(name))).body as { version: number; updatedAt: string };
    await eventually(async () => (await last(0)).version === 11 && (await last(1)).version === 11);
    expect(await last(0)).toEqual(await last(1));
  });
});
