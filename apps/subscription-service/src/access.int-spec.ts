import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { createDatabase, kafkaBrokers, type TestDatabase, uniqueName } from '#libs/testing';
import { type Scope, SCOPES } from './auth/index.js';
import { ADMIN_KEY, routesOf, startSubscriptionService } from './subscription-app.int-fixture.js';

const WEBHOOK = { name: 'w', url: 'http://127.0.0.1:8080/', events: ['*'] };
const EVENT = { type: 'order_created', data: {} };

interface Row {
  /** `open`: for everybody; `any-key`: for every key; else the scope that a key needs. */
  readonly access: 'open' | 'any-key' | Scope;
  /** A request that would be fulfilled if the ids in the path were the caller's own. */
  readonly body?: object;
  /** Whether the path names something that belongs to an account, which for any other account is not there. */
  readonly owned?: true;
  /** The code that tells so; as a rule that of the thing. */
  readonly code?: string;
}

const read: Row = { access: 'webhooks:read', owned: true, code: 'WEBHOOK_NOT_FOUND' };
const write: Row = { access: 'webhooks:write', owned: true, code: 'WEBHOOK_NOT_FOUND' };
const redeliver: Row = { access: 'deliveries:redeliver', owned: true };
const history: Row = { access: 'deliveries:read' };
const open: Row = { access: 'open' };
const admin: Row = { access: 'admin' };

/** Every route of the service. One that is added to the service has to be added here. */
const ROUTES: Readonly<Record<string, Row>> = {
  'GET /healthz': open,
  'GET /readyz': open,
  'GET /metrics': open,
  'GET /openapi.json': open,
  'GET /problems/:name': open,
  // With a sealed link, for who reads a mail.
  'GET /unsubscribe': open,
  'POST /unsubscribe': open,

  'POST /v1/accounts': { ...admin, body: { name: 'a' } },
  'GET /v1/accounts': admin,
  'GET /v1/accounts/:id': { access: 'any-key', owned: true, code: 'ACCOUNT_NOT_FOUND' },
  'PATCH /v1/accounts/:id': admin,
  'DELETE /v1/accounts/:id': admin,
  'POST /v1/accounts/:id/api-keys': { ...admin, body: { name: 'k', scopes: ['admin'] } },
  'GET /v1/accounts/:id/api-keys': admin,
  'GET /v1/accounts/:id/api-keys/:keyId': admin,
  'PATCH /v1/accounts/:id/api-keys/:keyId': admin,
  'DELETE /v1/accounts/:id/api-keys/:keyId': admin,
  'POST /v1/accounts/:id/api-keys/:keyId/rotate': admin,
  'POST /v1/accounts/:id/expunge': { ...admin, body: { eventId: 'evt_none' } },
  'GET /v1/audit': admin,
  'POST /v1/accounts/:id/portal-sessions': admin,
  'GET /v1/session': { access: 'any-key' },
  'GET /v1/console/config': open,

  'GET /v1/dead-letters': admin,
  'GET /v1/dead-letters/:id': admin,
  'POST /v1/dead-letters/:id/republish': admin,
  'GET /v1/operations/lag': admin,
  'GET /v1/operations/circuits': admin,
  'GET /v1/operations/notifications': admin,

  'GET /v1/modules': { access: 'any-key' },
  'GET /v1/event-types': { access: 'any-key' },
  'GET /v1/event-types/:type': { access: 'any-key' },
  'GET /v1/event-types/:type/versions': { access: 'any-key' },
  'PUT /v1/event-types/:type': admin,
  'DELETE /v1/event-types/:type': admin,
  'POST /v1/filters/test': { access: 'any-key', body: { filter: 'true', event: EVENT } },

  'POST /v1/events': { access: 'events:write', body: EVENT },
  'POST /v1/events/batch': { access: 'events:write', body: { events: [EVENT] } },

  'POST /v1/webhooks': { access: 'webhooks:write', body: WEBHOOK },
  'GET /v1/webhooks': { access: 'webhooks:read' },
  'GET /v1/webhooks/:id': read,
  'PUT /v1/webhooks/:id': { ...write, body: WEBHOOK },
  'PATCH /v1/webhooks/:id': { ...write, body: { name: 'taken-over' } },
  'DELETE /v1/webhooks/:id': write,
  'POST /v1/webhooks/:id/enable': write,
  'POST /v1/webhooks/:id/disable': write,
  'POST /v1/webhooks/:id/rotate-secret': write,
  'POST /v1/webhooks/:id/revoke-previous-secret': write,
  'GET /v1/webhooks/:id/changes': read,
  'POST /v1/webhooks/:id/test': write,
  'POST /v1/webhooks/:id/probe': write,
  'POST /v1/webhooks/:id/reset-circuit': write,

  'POST /v1/webhooks/:id/redeliver': { ...redeliver, code: 'WEBHOOK_NOT_FOUND', body: { since: '2026-11-20T00:00:00Z' } },
  'POST /v1/deliveries/:id/redeliver': { ...redeliver, code: 'DELIVERY_NOT_FOUND' },
  'POST /v1/deliveries/:id/cancel': { ...redeliver, code: 'DELIVERY_NOT_FOUND' },
  'POST /v1/events/:id/redeliver': { ...redeliver, code: 'EVENT_NOT_FOUND', body: { to: 'all' } },
  'GET /v1/redeliveries': { access: 'deliveries:read' },
  'GET /v1/redeliveries/:id': { access: 'deliveries:read', owned: true, code: 'REDELIVERY_NOT_FOUND' },
  'POST /v1/redeliveries/:id/cancel': { ...redeliver, code: 'REDELIVERY_NOT_FOUND' },

  'GET /v1/webhooks/:id/attempts': { ...history, owned: true, code: 'WEBHOOK_NOT_FOUND' },
  'GET /v1/webhooks/:id/attempts/export': { ...history, owned: true, code: 'WEBHOOK_NOT_FOUND' },
  'GET /v1/attempts/stream': history,
  'GET /v1/attempts/:id': { ...history, owned: true, code: 'ATTEMPT_NOT_FOUND' },
  'GET /v1/deliveries': history,
  'GET /v1/deliveries/:id': { ...history, owned: true, code: 'DELIVERY_NOT_FOUND' },
  'GET /v1/events': history,
  'GET /v1/events/:id': { ...history, owned: true, code: 'EVENT_NOT_FOUND' },
  'GET /v1/events/:id/trace': { ...history, owned: true, code: 'EVENT_NOT_FOUND' },
  'GET /v1/stats': history,
  'GET /v1/stats/overview': history,
};

type Answer = Awaited<ReturnType<NestFastifyApplication['inject']>>;

describe('who may call what', () => {
  let database: TestDatabase;
  let app: NestFastifyApplication;
  /** The account whose things nobody else may reach, and what stands in a path for them. */
  const ids: Record<string, string> = { ':type': 'order_created', ':name': 'validation-failed' };
  const owner = uniqueName('owner');
  const stranger = uniqueName('stranger');

  const call = (route: string, key?: string, headers: Record<string, string> = {}): Promise<Answer> => {
    const [method, path] = route.split(' ') as ['GET', string];
    const url = path.replace(/:\w+/g, (param) => ids[param === ':id' && path.startsWith('/v1/accounts') ? ':accountId' : param]!);
    const { body } = ROUTES[route]!;
    const type = body ? { 'content-type': 'application/json' } : {};
    const authorization = key === undefined ? {} : { authorization: `Bearer ${key}` };
    return app.inject({
      method,
      url,
      headers: { ...type, ...authorization, ...headers },
      ...(body ? { payload: JSON.stringify(body) } : {}),
    });
  };
  const asAdmin = async <T>(method: 'GET' | 'POST' | 'PATCH', url: string, body?: object, account?: string): Promise<T> => {
    const headers = { authorization: `Bearer ${ADMIN_KEY}`, ...(account === undefined ? {} : { 'hookstream-account': account }) };
    const answer = await app.inject({ method, url, headers, ...(body ? { payload: body } : {}) });
    expect(answer.statusCode).toBeLessThan(300);
    return answer.json<T>();
  };
  const keyWith = async (accountId: string, scopes: readonly Scope[]): Promise<string> =>
    (await asAdmin<{ key: string }>('POST', `/v1/accounts/${accountId}/api-keys`, { name: 'k', scopes })).key;
  const without = (scope: Scope) => SCOPES.filter((other) => other !== scope && other !== 'admin');
  const routesWith = (wanted: (row: Row) => boolean): string[] => Object.keys(ROUTES).filter((route) => wanted(ROUTES[route]!));

  beforeAll(async () => {
    database = await createDatabase();
    app = await startSubscriptionService({ databaseUrl: database.url, brokers: kafkaBrokers().join(), topicPrefix: uniqueName('access') });
    for (const id of [owner, stranger]) await asAdmin('POST', '/v1/accounts', { id, name: id });
    ids[':accountId'] = owner;
    ids[':id'] = (await asAdmin<{ id: string }>('POST', '/v1/webhooks', WEBHOOK, owner)).id;
    ids[':keyId'] = (await asAdmin<{ id: string }>('POST', `/v1/accounts/${owner}/api-keys`, { name: 'k', scopes: ['admin'] })).id;
  });
  afterAll(async () => {
    await app.close();
    await database.drop();
  });

  it('is said of every route', () => {
    expect([...routesOf(app)].sort()).toEqual(Object.keys(ROUTES).sort());
  });

  it.each(routesWith(({ access }) => access === 'open'))('%s needs no key', async (route) => {
    expect([401, 403]).not.toContain((await call(route)).statusCode);
  });

  it.each(routesWith(({ access }) => access !== 'open'))('%s is closed to who has no key', async (route) => {
    const answer = await call(route);
    expect(answer.statusCode).toBe(401);
    expect(answer.json()).toMatchObject({ code: 'UNAUTHENTICATED' });
    expect(answer.headers['www-authenticate']).toBe('Bearer');
  });

  it.each(routesWith(({ access }) => access !== 'open' && access !== 'any-key'))(
    '%s is closed to a key without its scope',
    async (route) => {
      const { access } = ROUTES[route]!;
      const answer = await call(route, await keyWith(owner, without(access as Scope)));
      expect(answer.statusCode).toBe(403);
      expect(answer.json()).toMatchObject({ code: 'SCOPE_MISSING', detail: expect.stringContaining(access) });
    },
  );

  it.each(routesWith(({ access }) => access !== 'open'))('%s does not act for another account', async (route) => {
    const answer = await call(route, await keyWith(stranger, without('admin')), { 'hookstream-account': owner });
    expect(answer.statusCode).toBe(404);
    expect(answer.json()).toMatchObject({ code: 'ACCOUNT_NOT_FOUND' });
  });

  it('nothing of another account is there, and none of it changes', async () => {
    const state = async () => [
      await asAdmin('GET', `/v1/webhooks/${ids[':id']}`, undefined, owner),
      await asAdmin('GET', `/v1/accounts/${owner}`),
      await asAdmin('GET', `/v1/accounts/${owner}/api-keys/${ids[':keyId']}`),
    ];
    const before = await state();
    const key = await keyWith(stranger, without('admin'));
    for (const route of routesWith(({ owned }) => owned === true)) {
      const answer = await call(route, key);
      expect([route, answer.statusCode, answer.json<{ code: string }>().code]).toEqual([route, 404, ROUTES[route]!.code]);
    }
    for (const route of routesWith(({ access, owned }) => access !== 'open' && access !== 'admin' && !owned)) {
      expect((await call(route, key)).body).not.toContain(owner);
      expect((await call(route, key)).body).not.toContain(ids[':id']);
    }
    expect(await state()).toEqual(before);
  });

  it('an admin key acts for the account that it names, and for none that is not there', async () => {
    const key = await keyWith(stranger, ['admin']);
    expect((await call('GET /v1/webhooks/:id', key, { 'hookstream-account': owner })).statusCode).toBe(200);
    expect((await call('GET /v1/webhooks/:id', key)).statusCode).toBe(404);
    expect((await call('GET /v1/webhooks', key, { 'hookstream-account': 'nobody' })).json()).toMatchObject({ code: 'ACCOUNT_NOT_FOUND' });
  });

  it.each(routesWith(({ access }) => access !== 'open'))(
    '%s is refused for want of a role only where it is about webhooks',
    async (route) => {
      const accountId = uniqueName('poor');
      await asAdmin('POST', '/v1/accounts', { id: accountId, name: 'a', requiredRole: 'ENTERPRISE', roles: ['OTHER'] });
      const answer = await call(route, await keyWith(accountId, without('admin')));
      const isAboutWebhooks = ROUTES[route]!.access.startsWith('webhooks:');
      expect(answer.body.includes('ROLE_REQUIRED')).toBe(isAboutWebhooks);
      if (isAboutWebhooks) expect(answer.statusCode).toBe(422);
    },
  );
});
