import { randomBytes } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { newId } from '#libs/kernel';
import { parseMasterKeys } from '#libs/secrets';
import { createDatabase, kafkaBrokers, type TestDatabase, uniqueName } from '#libs/testing';
import { type PortalSession, PortalTokens, type Scope } from '../auth/index.js';
import { ADMIN_KEY, startSubscriptionService } from '../subscription-app.int-fixture.js';

interface Shown extends Omit<PortalSession, 'expiresAt'> {
  readonly token: string;
  readonly embedPath: string;
  readonly createdAt: string;
  readonly expiresAt: string;
}

const MASTER_KEYS = `k1:${randomBytes(32).toString('base64')}`;
const SCOPES = ['webhooks:read', 'webhooks:write', 'deliveries:read', 'deliveries:redeliver'];

describe('a portal session', () => {
  let database: TestDatabase;
  let app: NestFastifyApplication;
  const topicPrefix = uniqueName('portal');
  const start = (masterKeys = MASTER_KEYS, env: NodeJS.ProcessEnv = {}) =>
    startSubscriptionService({ databaseUrl: database.url, brokers: kafkaBrokers().join(), topicPrefix, masterKeys, env });
  const call = (method: 'GET' | 'POST' | 'DELETE', url: string, key: string, body?: object, headers: object = {}, at = app) =>
    at.inject({ method, url, headers: { authorization: `Bearer ${key}`, ...headers }, ...(body ? { payload: body } : {}) });
  const account = async (): Promise<string> =>
    (await call('POST', '/v1/accounts', ADMIN_KEY, { id: uniqueName('acc'), name: 'a' })).json<{ id: string }>().id;
  const open = async (accountId: string, body: object = {}): Promise<Shown> => {
    const answer = await call('POST', `/v1/accounts/${accountId}/portal-sessions`, ADMIN_KEY, body);
    expect(answer.statusCode).toBe(201);
    return answer.json();
  };
  const signedWith = (keys: string, session: object): string =>
    new PortalTokens(parseMasterKeys(keys))
      .issue({ id: newId('pts'), accountId: 'default', scopes: ['webhooks:read'], expiresAt: Date.now() + 60_000, ...session })
      .reveal();

  beforeAll(async () => {
    database = await createDatabase();
    app = await start();
  });
  afterAll(async () => {
    await app.close();
    await database.drop();
  });

  it('lasts an hour and looks after the webhooks of its account, unless asked otherwise', async () => {
    const accountId = await account();
    const session = await open(accountId);
    expect(session).toMatchObject({ accountId, scopes: SCOPES, embedPath: `/?embed=1#token=${session.token}` });
    expect(Math.round((Date.parse(session.expiresAt) - Date.parse(session.createdAt)) / 1000)).toBe(3600);
    const { id, scopes, expiresAt } = session;
    expect((await call('GET', '/v1/session', session.token)).json()).toEqual({ id, accountId, scopes, expiresAt });
    const made = await call('POST', '/v1/webhooks', session.token, { name: 'w', url: 'http://127.0.0.1:8080/', events: ['*'] });
    expect([made.statusCode, made.json<{ accountId: string }>().accountId]).toEqual([201, accountId]);
    const changes = await call('GET', `/v1/webhooks/${made.json<{ id: string }>().id}/changes`, session.token);
    expect(changes.json<{ data: unknown[] }>().data).toMatchObject([{ actor: id }]);
    const reader = await open(accountId, { scopes: ['webhooks:read'], expiresInSeconds: 60 });
    expect((await call('POST', '/v1/webhooks', reader.token, { name: 'x' })).statusCode).toBe(403);
  });

  it('opens no other account and nothing that needs an admin, and makes no keys', async () => {
    const [mine, other] = [await account(), await account()];
    const { token } = await open(mine, { scopes: [...SCOPES, 'events:write'] });
    const theirs = await call(
      'POST',
      '/v1/webhooks',
      ADMIN_KEY,
      { name: 'w', url: 'http://127.0.0.1:8080/', events: ['*'] },
      {
        'hookstream-account': other,
      },
    );
    const status = async (...given: Parameters<typeof call>) => (await call(...given)).statusCode;
    expect(await status('GET', `/v1/webhooks/${theirs.json<{ id: string }>().id}`, token)).toBe(404);
    expect(await status('GET', `/v1/accounts/${other}`, token)).toBe(404);
    expect(await status('GET', '/v1/webhooks', token, undefined, { 'hookstream-account': other })).toBe(404);
    for (const url of ['/v1/accounts', '/v1/audit', '/v1/dead-letters', '/v1/operations/lag', `/v1/accounts/${mine}/api-keys`])
      expect([url, await status('GET', url, token)]).toEqual([url, 403]);
    expect(await status('POST', `/v1/accounts/${mine}/portal-sessions`, token, {})).toBe(403);
    expect(await status('POST', `/v1/accounts/${mine}/api-keys`, token, { name: 'k', scopes: ['webhooks:read'] })).toBe(403);
  });

  it('does not open once it has expired, was changed, is of another deployment, or its account is gone', async () => {
    const accountId = await account();
    const { token } = await open(accountId);
    const refused = async (text: string): Promise<void> => {
      const answer = await call('GET', '/v1/session', text);
      expect([answer.statusCode, answer.json<{ code: string }>().code]).toEqual([401, 'UNAUTHENTICATED']);
    };
    expect((await call('GET', '/v1/session', token)).statusCode).toBe(200);
    await refused(signedWith(MASTER_KEYS, { expiresAt: Date.now() - 1_000 }));
    await refused(signedWith(`k1:${randomBytes(32).toString('base64')}`, {}));
    await refused(signedWith(MASTER_KEYS, { accountId: uniqueName('nobody') }));
    const [head, payload = '', mac] = token.split('.');
    const claims = JSON.parse(Buffer.from(payload, 'base64url').toString()) as object;
    const forged = Buffer.from(JSON.stringify({ ...claims, account: 'default' })).toString('base64url');
    await refused(`${head}.${forged}.${mac}`);
    expect((await call('DELETE', `/v1/accounts/${accountId}`, ADMIN_KEY)).statusCode).toBe(204);
    await refused(token);
  });

  it('goes on after the master key was rotated', async () => {
    const { token } = await open('default');
    const rotated = await start(`k2:${randomBytes(32).toString('base64')},${MASTER_KEYS}`);
    try {
      expect((await call('GET', '/v1/session', token, undefined, {}, rotated)).statusCode).toBe(200);
    } finally {
      await rotated.close();
    }
  });

  it.each([
    [{ scopes: ['admin'] }, 'scopes'],
    [{ scopes: [] }, 'scopes'],
    [{ scopes: ['webhooks:read', 'webhooks:read'] }, 'scopes'],
    [{ expiresInSeconds: 86_401 }, 'expiresInSeconds'],
    [{ expiresInSeconds: 59 }, 'expiresInSeconds'],
    [{ accountId: 'default' }, 'accountId'],
  ])('%j is refused', async (body, field) => {
    const answer = await call('POST', '/v1/accounts/default/portal-sessions', ADMIN_KEY, body);
    expect(answer.statusCode).toBe(422);
    expect(answer.json<{ errors: { field: string }[] }>().errors.map((error) => error.field.split('.')[0])).toContain(field);
  });

  it('is in the audit log without its token, and asks no more often than a key may', async () => {
    const accountId = await account();
    const { id, token, scopes, expiresAt } = await open(accountId);
    const log = await call('GET', `/v1/audit?accountId=${accountId}&action=portal-session.created`, ADMIN_KEY);
    expect(log.json<{ data: unknown[] }>().data).toMatchObject([
      { actor: 'admin', subject: id, before: null, after: { scopes, expiresAt } },
    ]);
    expect(log.body).not.toContain(token.split('.')[2]);
    const strict = await start(MASTER_KEYS, { API_RATE_LIMIT_PER_SECOND: '1', API_RATE_LIMIT_BURST: '2' });
    try {
      const asked = await Promise.all([1, 2, 3].map(() => call('GET', '/v1/session', token, undefined, {}, strict)));
      expect(asked.map(({ statusCode }) => statusCode).sort()).toEqual([200, 200, 429]);
    } finally {
      await strict.close();
    }
  });

  it('who calls with a key is told too', async () => {
    const admin = { id: 'admin', accountId: 'default', scopes: ['admin'] satisfies Scope[], expiresAt: null };
    expect((await call('GET', '/v1/session', ADMIN_KEY)).json()).toEqual(admin);
  });

  it('the console is told how to present itself without a key, and no more than that', async () => {
    const answer = await app.inject({ method: 'GET', url: '/v1/console/config' });
    expect(answer.json()).toEqual({ title: 'Webhooks', breadcrumb: ['Settings', 'Developer Hub', 'Webhooks'] });
    const named = await start(MASTER_KEYS, { CONSOLE_TITLE: 'Notificações', CONSOLE_BREADCRUMB: 'Canais, Webhooks' });
    try {
      const other = await named.inject({ method: 'GET', url: '/v1/console/config' });
      expect(other.json()).toEqual({ title: 'Notificações', breadcrumb: ['Canais', 'Webhooks'] });
    } finally {
      await named.close();
    }
  });
});
