import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { Client } from 'pg';
import supertest from 'supertest';
import { decodeWebhookState } from '#libs/contracts';
import { createDatabase, eventually, kafkaBrokers, type TestDatabase, TestKafka, uniqueName } from '#libs/testing';
import { ADMIN_KEY, startSubscriptionService } from '../subscription-app.int-fixture.js';
import { NOTIFICATION_KINDS } from './account.js';

type Entry = Record<string, unknown> & { id: string; action: string };
interface List<T> {
  readonly data: T[];
  readonly nextCursor: string | null;
}

describe('accounts', () => {
  const topicPrefix = uniqueName('acc');
  let database: TestDatabase;
  let app: NestFastifyApplication;
  const start = (env: NodeJS.ProcessEnv = {}) =>
    startSubscriptionService({ databaseUrl: database.url, brokers: kafkaBrokers().join(), topicPrefix, env });
  const http = (key = ADMIN_KEY) => supertest.agent(app.getHttpServer()).set('authorization', `Bearer ${key}`);
  const at = (id: string) => `/v1/accounts/${encodeURIComponent(id)}`;
  const create = async (body: object = {}) =>
    (
      await http()
        .post('/v1/accounts')
        .send({ name: 'a', ...body })
        .expect(201)
    ).body as Record<string, unknown> & { id: string };
  const keyOf = async (id: string, scopes = ['webhooks:read', 'webhooks:write']) =>
    (
      await http()
        .post(`${at(id)}/api-keys`)
        .send({ name: 'k', scopes })
        .expect(201)
    ).body.key as string;
  const all = async <T>(url: string): Promise<T[]> => {
    const rows: T[] = [];
    for (let cursor: string | null | undefined; cursor !== null;) {
      const page: List<T> = (
        await http()
          .get(url)
          .query(cursor === undefined ? {} : { cursor })
          .expect(200)
      ).body;
      rows.push(...page.data);
      cursor = page.nextCursor;
    }
    return rows;
  };
  const sql = async <T>(text: string, values: unknown[] = []): Promise<T[]> => {
    const client = new Client({ connectionString: database.url });
    await client.connect();
    try {
      return (await client.query(text, values)).rows as T[];
    } finally {
      await client.end();
    }
  };

  beforeAll(async () => {
    database = await createDatabase();
    app = await start();
  });
  afterAll(async () => {
    await app.close();
    await database.drop();
  });

  it('are made with defaults', async () => {
    const account = await create();
    expect(account).toEqual({
      id: expect.stringMatching(/^acc_[0-9a-z]{26}$/),
      name: 'a',
      ownerEmail: null,
      roles: [],
      requiredRole: null,
      notifications: { enabled: true, extraEmails: [], digestMinutes: null, kinds: [...NOTIFICATION_KINDS] },
      version: 1,
      createdAt: expect.any(String),
      updatedAt: account['createdAt'],
    });
    const answer = await http().get(at(account.id)).expect(200).expect('etag', '"1"');
    expect(answer.body).toEqual(account);
  });

  it('take whatever id events may name, once', async () => {
    const id = `Müller & Söhne/${uniqueName('𝄞')} 100%`;
    expect(await create({ id })).toMatchObject({ id });
    expect((await http().get(at(id)).expect(200)).body).toMatchObject({ id });
    const taken = await http().post('/v1/accounts').send({ id, name: 'b' }).expect(409);
    expect(taken.body).toMatchObject({ code: 'ACCOUNT_ID_TAKEN', errors: [{ field: 'id', rule: 'unique' }] });
    expect((await http().get('/v1/webhooks').set('hookstream-account', encodeURIComponent(id)).expect(200)).body.data).toEqual([]);
  });

  it('are found by the longest id', async () => {
    const id = `${uniqueName('x')}${'𝄞'.repeat(128)}`.slice(-256);
    await create({ id });
    expect((await http().get(at(id)).expect(200)).body).toMatchObject({ id });
    await http()
      .get(`${at(id)}/api-keys`)
      .expect(200);
  });

  it.each<[object, string]>([
    [{ name: '' }, 'name'],
    [{ id: '..' }, 'id'],
    [{ id: 'x'.repeat(257) }, 'id'],
    [{ id: 'a\u0000' }, 'id'],
    [{ ownerEmail: 'nobody' }, 'ownerEmail'],
    [{ roles: ['enterprise'] }, 'roles'],
    [{ roles: ['A', 'A'] }, 'roles'],
    [{ requiredRole: '' }, 'requiredRole'],
    [{ notifications: { digestMinutes: -1 } }, 'notifications.digestMinutes'],
    [{ notifications: { extraEmails: ['x'] } }, 'notifications.extraEmails'],
    [{ notifications: { kinds: [] } }, 'notifications.kinds'],
    [{ notifications: { kinds: ['nope'] } }, 'notifications.kinds'],
    [{ notifications: { surprise: 1 } }, 'notifications.surprise'],
    [{ notifications: null }, 'notifications'],
    [{ version: 7 }, 'version'],
  ])('are refused with %j, by the name of the field', async (body, field) => {
    const answer = await http()
      .post('/v1/accounts')
      .send({ name: 'a', ...body })
      .expect(422);
    expect(answer.body.code).toBe('VALIDATION_FAILED');
    expect(answer.body.errors).toContainEqual(expect.objectContaining({ field }));
  });

  it('change what a PATCH names, and only at the version that If-Match names', async () => {
    const { id } = await create({ ownerEmail: 'a@example.com', roles: ['ENTERPRISE'] });
    const patch = { ownerEmail: null, notifications: { digestMinutes: 0 } };
    const changed = await http().patch(at(id)).set('if-match', '"1"').set('content-type', 'application/merge-patch+json').send(patch);
    expect(changed.status).toBe(200);
    expect(changed.headers['etag']).toBe('"2"');
    expect(changed.body).toMatchObject({
      ownerEmail: null,
      roles: ['ENTERPRISE'],
      notifications: { enabled: true, extraEmails: [], digestMinutes: 0, kinds: [...NOTIFICATION_KINDS] },
      version: 2,
    });
    const stale = await http().patch(at(id)).set('if-match', '"1"').send({ name: 'b' }).expect(412);
    expect(stale.body.code).toBe('ACCOUNT_STALE');
    expect((await http().patch(at(id)).send(patch).expect(200)).body.version).toBe(2);
    await http().patch(at('nobody')).send({ name: 'b' }).expect(404);
  });

  it('are listed by id in pages that stay right while accounts are added, and found by a part of their texts', async () => {
    const mark = uniqueName('mark');
    const made = await Promise.all(Array.from({ length: 5 }, (_, i) => create({ name: `${mark} ${i}`, ownerEmail: 'Owner@Example.com' })));
    const first = (await http().get('/v1/accounts').query({ q: mark.toUpperCase(), limit: 2 }).expect(200)).body as List<{ id: string }>;
    await create({ id: `0-${mark}` });
    const { nextCursor: cursor } = first;
    const rest = (await http().get('/v1/accounts').query({ q: mark, limit: 10, cursor }).expect(200)).body as List<{ id: string }>;
    expect([...first.data, ...rest.data].map(({ id }) => id)).toEqual(made.map(({ id }) => id).sort());
    expect(rest.nextCursor).toBeNull();
    expect((await http().get('/v1/accounts').query({ q: 'owner@example' }).expect(200)).body.data).toHaveLength(5);
    for (const query of ['limit=0', 'limit=101', 'cursor=x', 'cursor=', 'q=', 'surprise=1']) {
      await http().get(`/v1/accounts?${query}`).expect(422);
    }
  });

  it('may be seen by their own keys, and by those alone', async () => {
    const [mine, other] = [await create(), await create()];
    const key = await keyOf(mine.id);
    expect((await http(key).get(at(mine.id)).expect(200)).body).toEqual(mine);
    for (const id of [other.id, 'default', 'nobody']) {
      expect((await http(key).get(at(id)).expect(404)).body.code).toBe('ACCOUNT_NOT_FOUND');
    }
    await http(key).get('/v1/accounts').expect(403);
    await http(key)
      .patch(at(mine.id))
      .send({ roles: ['ENTERPRISE'] })
      .expect(403);
  });

  it('keep their webhooks while they lack the role, and get at them again with it', async () => {
    const { id } = await create({ roles: ['ENTERPRISE'], requiredRole: 'ENTERPRISE' });
    const key = await keyOf(id);
    const webhook = { name: 'w', url: 'http://127.0.0.1:8080/', events: ['*'] };
    await http(key).post('/v1/webhooks').send(webhook).expect(201);
    await http().patch(at(id)).send({ roles: [] }).expect(200);
    expect((await http(key).get('/v1/webhooks').expect(422)).body.code).toBe('ROLE_REQUIRED');
    expect((await http().get('/v1/webhooks').set('hookstream-account', id).expect(422)).body.code).toBe('ROLE_REQUIRED');
    await http()
      .patch(at(id))
      .send({ roles: ['ENTERPRISE'] })
      .expect(200);
    expect((await http(key).get('/v1/webhooks').expect(200)).body.data).toHaveLength(1);
  });

  it('need the role that the deployment requires, unless it is theirs', async () => {
    const strict = await start({ REQUIRED_ROLE: 'ENTERPRISE' });
    try {
      const list = (account: string) =>
        strict.inject({ url: '/v1/webhooks', headers: { authorization: `Bearer ${ADMIN_KEY}`, 'hookstream-account': account } });
      expect((await list('default')).json()).toMatchObject({ status: 422, code: 'ROLE_REQUIRED' });
      expect((await list((await create({ roles: ['ENTERPRISE'] })).id)).statusCode).toBe(200);
    } finally {
      await strict.close();
    }
  });

  it('are deleted with their keys at once and with their webhooks afterwards; the one that events fall back to never is', async () => {
    const kafka = new TestKafka();
    const states = await kafka.follow(`${topicPrefix}.webhooks`);
    const { id } = await create();
    const key = await keyOf(id);
    const made: string[] = [];
    for (let i = 0; i < 3; i++) {
      const webhook = { name: `w${i}`, url: 'http://127.0.0.1:8080/', events: ['*'] };
      made.push((await http(key).post('/v1/webhooks').send(webhook).expect(201)).body.id as string);
    }
    await http().delete(at(id)).set('if-match', '"7"').expect(412);
    await http().delete(at(id)).expect(204);
    await http(key).get('/v1/webhooks').expect(401);
    await http().get(at(id)).expect(404);
    await http().delete(at(id)).expect(404);
    await http().get('/v1/webhooks').set('hookstream-account', id).expect(404);
    await http()
      .post(`${at(id)}/api-keys`)
      .send({ name: 'k', scopes: ['admin'] })
      .expect(404);
    await http().post('/v1/accounts').send({ id, name: 'b' }).expect(409);
    await eventually(() => made.every((webhookId) => states.some((r) => r.key?.toString() === webhookId && r.value === null)));
    expect(states.filter((r) => r.value !== null && decodeWebhookState(r).accountId === id)).toHaveLength(3);
    expect((await http().delete('/v1/accounts/default').expect(409)).body.code).toBe('DEFAULT_ACCOUNT_KEPT');
    await kafka.close();
  });

  it('whose deletion was interrupted are gone for good after some time, whoever goes on with it; then the id is free', async () => {
    const { id } = await create();
    const key = await keyOf(id);
    await http(key)
      .post('/v1/webhooks')
      .send({ name: 'w', url: 'http://127.0.0.1:8080/', events: ['*'] })
      .expect(201);
    await sql(`update subscription.accounts set deleted_at = now() - interval '1 hour', deleted_by = 'admin' where id = $1`, [id]);
    await eventually(async () => (await sql('select from subscription.accounts as a where a.id = $1', [id])).length === 0);
    expect(await sql('select from subscription.webhooks as w where w.account_id = $1', [id])).toHaveLength(0);
    expect(await sql('select from subscription.api_keys as k where k.account_id = $1', [id])).toHaveLength(0);
    await create({ id });
  });

  it('are in the audit log with who changed what, from where, before and after', async () => {
    const { id } = await create({ ownerEmail: 'a@example.com' });
    await http().patch(at(id)).set('x-request-id', 'req-1').send({ name: 'b' }).expect(200);
    await http().delete(at(id)).expect(204);
    const entries = await all<Entry>(`/v1/audit?accountId=${id}&limit=2`);
    expect(entries.map((entry) => entry.action)).toEqual(['account.deleted', 'account.updated', 'account.created']);
    expect(entries[1]).toMatchObject({
      id: expect.stringMatching(/^aud_/),
      actor: 'admin',
      accountId: id,
      subject: id,
      before: { name: 'a', ownerEmail: 'a@example.com' },
      after: { name: 'b', ownerEmail: 'a@example.com' },
      remoteAddress: expect.stringMatching(/127\.0\.0\.1$/),
      requestId: 'req-1',
    });
    const deleted = (await http().get('/v1/audit').query({ accountId: id, action: 'account.deleted', actor: 'admin' }).expect(200)).body;
    expect(deleted.data).toHaveLength(1);
    for (const query of ['limit=0', 'cursor=abc', 'surprise=1']) await http().get(`/v1/audit?${query}`).expect(422);
  });

  it('leave an audit log that nobody changes', async () => {
    await create();
    for (const change of ['delete from', 'truncate']) {
      await expect(sql(`${change} subscription.audit_log`)).rejects.toThrow('append-only');
    }
    await expect(sql("update subscription.audit_log set actor = 'x'")).rejects.toThrow('append-only');
  });

  it('are listed and made within 50 ms in the database when there are ten thousand', async () => {
    await sql(`insert into subscription.accounts (id, name) select 'bulk-' || n, 'Bulk ' || n from generate_series(1, 10000) as n`);
    const explain = async (statement: string): Promise<number> => {
      const [row] = await sql<{ 'QUERY PLAN': [{ 'Execution Time': number }] }>(`explain (analyze, format json) ${statement}`);
      return row!['QUERY PLAN'][0]['Execution Time'];
    };
    expect(await explain(`select * from subscription.accounts as a where a.deleted_at is null order by a.id limit 101`)).toBeLessThan(50);
    const search = `strpos(lower(a.id || E'\\n' || a.name || E'\\n' || coalesce(a.owner_email, '')), 'bulk 9999') > 0`;
    expect(await explain(`select * from subscription.accounts as a where a.deleted_at is null and ${search} order by a.id`)).toBeLessThan(
      50,
    );
    expect((await http().get('/v1/accounts').query({ q: 'bulk 9999' }).expect(200)).body.data).toHaveLength(1);
    await create();
  });
});
