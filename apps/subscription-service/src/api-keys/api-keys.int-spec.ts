import { crc32 } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { Client } from 'pg';
import supertest from 'supertest';
import { createDatabase, eventually, kafkaBrokers, type TestDatabase, uniqueName } from '#libs/testing';
import { ADMIN_KEY, startSubscriptionService } from '../subscription-app.int-fixture.js';

type Shown = Record<string, unknown> & { id: string; key: string };

const KEYS = '/v1/accounts/default/api-keys';

// Two instances on one database: what one changes must soon hold on the other.
describe('API keys', () => {
  let database: TestDatabase;
  let apps: NestFastifyApplication[];
  const http = (key = ADMIN_KEY, instance = 0) => supertest.agent(apps[instance]!.getHttpServer()).set('authorization', `Bearer ${key}`);
  const create = async (body: object = {}): Promise<Shown> => {
    const asked = { name: 'k', scopes: ['webhooks:read'], ...body };
    return (await http().post(KEYS).send(asked).expect(201)).body as Shown;
  };
  const statusOf = async (key: string, instance = 0): Promise<number> => (await http(key, instance).get('/v1/webhooks')).status;
  const sql = async (text: string): Promise<Record<string, unknown>[]> => {
    const client = new Client({ connectionString: database.url });
    await client.connect();
    try {
      return (await client.query(text)).rows as Record<string, unknown>[];
    } finally {
      await client.end();
    }
  };

  beforeAll(async () => {
    database = await createDatabase();
    const options = {
      databaseUrl: database.url,
      brokers: kafkaBrokers().join(),
      topicPrefix: uniqueName('keys'),
      env: { API_TRUSTED_PROXIES: '127.0.0.1' },
    };
    apps = await Promise.all([startSubscriptionService(options), startSubscriptionService(options)]);
  });
  afterAll(async () => {
    await Promise.all(apps.map((app) => app.close()));
    await database.drop();
  });

  it('are shown in full once, and stored as nothing but a hash', async () => {
    const { key, ...kept } = await create({ name: 'mine', expiresAt: '2999-01-01T00:00:00+01:00' });
    expect(kept).toEqual({
      id: expect.stringMatching(/^key_[0-9a-z]{26}$/),
      accountId: 'default',
      name: 'mine',
      prefix: `hsk_${kept.id.slice(4)}`,
      last4: key.slice(-4),
      scopes: ['webhooks:read'],
      expiresAt: '2998-12-31T23:00:00.000Z',
      lastUsedAt: null,
      previousValidUntil: null,
      version: 1,
      createdAt: expect.any(String),
      updatedAt: kept['createdAt'],
    });
    expect(key).toMatch(/^hsk_[0-9a-z]{26}_[0-9a-f]{72}$/);
    expect((await http().get(`${KEYS}/${kept.id}`).expect(200).expect('etag', '"1"')).body).toEqual(kept);
    const secret = key.slice(key.lastIndexOf('_') + 1);
    for (const url of [KEYS, '/v1/audit', '/v1/accounts']) expect((await http().get(url).expect(200)).text).not.toContain(secret);
    const rows = await sql('select k::text as key, a::text as entry from subscription.api_keys as k, subscription.audit_log as a');
    expect(JSON.stringify(rows)).not.toContain(secret);
    expect(JSON.stringify(rows)).not.toContain(Buffer.from(secret).toString('hex'));
  });

  it.each<[object, string]>([
    [{ name: '' }, 'name'],
    [{ scopes: [] }, 'scopes'],
    [{ scopes: ['everything'] }, 'scopes'],
    [{ scopes: ['admin', 'admin'] }, 'scopes'],
    [{ scopes: null }, 'scopes'],
    [{ expiresAt: 'tomorrow' }, 'expiresAt'],
    [{ expiresAt: '2020-01-01T00:00:00Z' }, 'expiresAt'],
    [{ accountId: 'other' }, 'accountId'],
    [{ hash: 'x' }, 'hash'],
  ])('are refused with %j, by the name of the field', async (body, field) => {
    const answer = await http()
      .post(KEYS)
      .send({ name: 'k', scopes: ['admin'], ...body })
      .expect(422);
    expect(answer.body.errors).toContainEqual(expect.objectContaining({ field }));
  });

  it('open what their scopes say, as soon as they are given or taken', async () => {
    const { id, key } = await create();
    expect(await statusOf(key)).toBe(200);
    await http(key).post('/v1/webhooks').send({}).expect(403);
    const changed = await http()
      .patch(`${KEYS}/${id}`)
      .send({ scopes: ['webhooks:write'] })
      .expect(200);
    expect(changed.body).toMatchObject({ scopes: ['webhooks:write'], version: 2 });
    expect(await statusOf(key)).toBe(403);
    await http(key).post('/v1/webhooks').send({}).expect(422);
  });

  it('give an admin every scope, and everybody the catalog', async () => {
    const admin = await create({ scopes: ['admin'] });
    const other = await create({ scopes: ['deliveries:read'] });
    for (const url of ['/v1/webhooks', '/v1/accounts', '/v1/audit']) await http(admin.key).get(url).expect(200);
    await http(other.key).get('/v1/event-types').expect(200);
    await http(other.key).get('/v1/audit').expect(403);
  });

  it('stop at the moment they expire', async () => {
    const { id, key } = await create({ expiresAt: new Date(Date.now() + 1_500).toISOString() });
    expect(await statusOf(key)).toBe(200);
    await eventually(async () => (await statusOf(key)) === 401, { intervalMs: 200 });
    await http().patch(`${KEYS}/${id}`).send({ expiresAt: null }).expect(200);
    expect(await statusOf(key)).toBe(200);
  });

  it('stop at once where they are revoked, and everywhere within five seconds', async () => {
    const { id, key } = await create();
    expect([await statusOf(key, 0), await statusOf(key, 1)]).toEqual([200, 200]);
    await http().delete(`${KEYS}/${id}`).expect(204);
    expect(await statusOf(key, 0)).toBe(401);
    await eventually(async () => (await statusOf(key, 1)) === 401, { timeoutMs: 6_000, intervalMs: 200 });
    for (const send of [http().get(`${KEYS}/${id}`), http().delete(`${KEYS}/${id}`), http().post(`${KEYS}/${id}/rotate`)]) {
      expect((await send).body).toMatchObject({ status: 404, code: 'API_KEY_NOT_FOUND' });
    }
  });

  it('are rotated: the old text opens while the overlap lasts, the new one at once, an older one no more', async () => {
    const { id, key: first } = await create();
    const rotate = async (body?: object): Promise<Shown> =>
      (await http().post(`${KEYS}/${id}/rotate`).send(body).expect(200)).body as Shown;
    const second = await rotate({ overlapSeconds: 600 });
    expect(second).toMatchObject({ id, name: 'k', version: 2, last4: second.key.slice(-4) });
    expect(Date.parse(String(second['previousValidUntil']))).toBeGreaterThan(Date.now() + 500_000);
    expect([await statusOf(first), await statusOf(second.key)]).toEqual([200, 200]);
    const third = await rotate({ overlapSeconds: 1 });
    expect([await statusOf(first), await statusOf(third.key)]).toEqual([401, 200]);
    await eventually(async () => (await statusOf(second.key)) === 401, { intervalMs: 200 });
    const fourth = await rotate();
    expect([await statusOf(third.key), await statusOf(fourth.key)]).toEqual([401, 200]);
    for (const overlapSeconds of [-1, 604_801, 1.5, '1', null]) {
      await http().post(`${KEYS}/${id}/rotate`).send({ overlapSeconds }).expect(422);
    }
  });

  it('are changed only at the version that If-Match names', async () => {
    const { id } = await create();
    for (const send of [
      http().patch(`${KEYS}/${id}`).set('if-match', '"2"').send({ name: 'x' }),
      http().delete(`${KEYS}/${id}`).set('if-match', '"2"'),
      http().post(`${KEYS}/${id}/rotate`).set('if-match', '"2"'),
    ]) {
      expect((await send).body).toMatchObject({ status: 412, code: 'API_KEY_STALE' });
    }
    await http().patch(`${KEYS}/${id}`).set('if-match', '"1"').send({ name: 'x' }).expect(200).expect('etag', '"2"');
  });

  it('of one account are not there in another', async () => {
    const { id } = await create();
    const account = (await http().post('/v1/accounts').send({ name: 'a' }).expect(201)).body.id as string;
    const other = `/v1/accounts/${account}/api-keys`;
    await http().get(`${other}/${id}`).expect(404);
    await http().delete(`${other}/${id}`).expect(404);
    expect((await http().get(other).expect(200)).body).toEqual({ data: [], nextCursor: null });
    await http().get('/v1/accounts/nobody/api-keys').expect(404);
  });

  it('are listed newest first, in pages that cover everything once', async () => {
    const account = (await http().post('/v1/accounts').send({ name: 'a' }).expect(201)).body.id as string;
    const url = `/v1/accounts/${account}/api-keys`;
    const made: string[] = [];
    for (let i = 0; i < 3; i++)
      made.push(
        (
          await http()
            .post(url)
            .send({ name: `${i}`, scopes: ['admin'] })
            .expect(201)
        ).body.id as string,
      );
    const first = (await http().get(`${url}?limit=2`).expect(200)).body;
    const rest = (await http().get(`${url}?limit=2&cursor=${first.nextCursor}`).expect(200)).body;
    expect([...first.data, ...rest.data].map((row: { id: string }) => row.id)).toEqual(made.reverse());
    expect(rest.nextCursor).toBeNull();
    await http().get(`${url}?cursor=x`).expect(422);
  });

  it('tell when they were last used', async () => {
    const { id, key } = await create();
    await statusOf(key);
    const used = await eventually(async () => (await http().get(`${KEYS}/${id}`)).body.lastUsedAt as string | null);
    expect(Math.abs(Date.parse(used) - Date.now())).toBeLessThan(30_000);
  });

  it('that are wrong in any way get the same answer', async () => {
    const { key } = await create();
    const other = await create();
    const expired = await create({ expiresAt: new Date(Date.now() + 500).toISOString() });
    const revoked = await create();
    await http().delete(`${KEYS}/${revoked.id}`).expect(204);
    await eventually(async () => (await statusOf(expired.key)) === 401, { intervalMs: 200 });
    // The id of one key with the secret of another, under a checksum that is right.
    const start = key.slice(0, 31) + other.key.slice(31, -8);
    const mixed = start + crc32(start).toString(16).padStart(8, '0');
    const answers = await Promise.all(
      ['x', key.slice(0, -1), mixed, expired.key, revoked.key].map((wrong) => http(wrong).get('/v1/webhooks').expect(401)),
    );
    const texts = answers.map(({ body: { traceId: _, ...problem } }) => JSON.stringify(problem));
    expect(new Set(texts).size).toBe(1);
    for (const answer of answers) expect(answer.headers['www-authenticate']).toBe('Bearer');
  });

  it('are in the audit log with who made, changed, rotated and revoked them', async () => {
    const { id } = await create();
    await http().patch(`${KEYS}/${id}`).send({ name: 'new' }).expect(200);
    await http().post(`${KEYS}/${id}/rotate`).send({ overlapSeconds: 5 }).expect(200);
    await http().delete(`${KEYS}/${id}`).expect(204);
    const { body } = await http().get('/v1/audit').query({ accountId: 'default', limit: 4 }).expect(200);
    const { data } = body as { data: { action: string; subject: string }[] };
    expect(data.map(({ action, subject }) => [action, subject])).toEqual(
      ['revoked', 'rotated', 'updated', 'created'].map((change) => [`api-key.${change}`, id]),
    );
    expect(data[2]).toMatchObject({ actor: 'admin', before: { name: 'k' }, after: { name: 'new' } });
  });

  it('that fail are audited by address, and slowed down when they are many; a valid one still opens', async () => {
    const { key } = await create();
    const address = '203.0.113.77';
    const from = (token: string) => http(token).get('/v1/webhooks').set('x-forwarded-for', address);
    const tries = await Promise.all(Array.from({ length: 150 }, () => from('wrong')));
    const limited = tries.filter(({ status }) => status === 429);
    expect(limited.length).toBeGreaterThan(0);
    expect(limited[0]!.body.code).toBe('RATE_LIMITED');
    expect(Number(limited[0]!.headers['retry-after'])).toBeGreaterThan(0);
    await from(key).expect(200);
    const entries = await eventually(async () => {
      const { body } = await http().get('/v1/audit').query({ action: 'authentication.failed', limit: 100 }).expect(200);
      const found = (body.data as Record<string, unknown>[]).filter(({ remoteAddress }) => remoteAddress === address);
      return found.length > 0 ? found : undefined;
    });
    expect(entries).toHaveLength(1);
    expect(entries[0]).toMatchObject({ actor: 'anonymous', accountId: null, after: { reasons: { 'not-a-key': expect.any(Number) } } });
  });
});
