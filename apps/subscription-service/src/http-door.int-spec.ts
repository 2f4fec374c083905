import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { createDatabase, kafkaBrokers, type TestDatabase, uniqueName } from '#libs/testing';
import { ADMIN_KEY, startSubscriptionService } from './subscription-app.int-fixture.js';

const TRACE_ID = '4bf92f3577b34da6a3ce929d0e0e4736';
const ORIGIN = 'https://admin.example.com';

describe('the HTTP door', () => {
  let database: TestDatabase;
  let app: NestFastifyApplication;
  type Method = 'GET' | 'POST' | 'HEAD' | 'OPTIONS' | 'PATCH';
  const call = (url: string, headers: Record<string, string> = {}, method: Method = 'GET', payload?: string | object) =>
    app.inject({ method, url, headers: { authorization: `Bearer ${ADMIN_KEY}`, ...headers }, ...(payload ? { payload } : {}) });
  const keyOf = async (): Promise<Record<string, string>> => {
    const body = { name: 'k', scopes: ['webhooks:read', 'events:write'] };
    const { key } = (await call('/v1/accounts/default/api-keys', {}, 'POST', body)).json<{ key: string }>();
    return { authorization: `Bearer ${key}` };
  };

  beforeAll(async () => {
    database = await createDatabase();
    const env = {
      API_RATE_LIMIT_PER_SECOND: '1',
      API_RATE_LIMIT_BURST: '60',
      API_EVENTS_RATE_LIMIT_PER_SECOND: '1',
      API_EVENTS_RATE_LIMIT_BURST: '2',
      API_CORS_ORIGINS: ORIGIN,
      API_TRUSTED_PROXIES: '127.0.0.1',
    };
    const options = { databaseUrl: database.url, brokers: kafkaBrokers().join(), topicPrefix: uniqueName('door'), env };
    app = await startSubscriptionService(options);
  });
  afterAll(async () => {
    await app.close();
    await database.drop();
  });

  it('echoes a sane request id and makes one instead of any other', async () => {
    expect((await call('/v1/modules', { 'x-request-id': 'my-id:1' })).headers['x-request-id']).toBe('my-id:1');
    for (const id of ['', 'a b', 'x'.repeat(129), '<script>']) {
      const made = (await call('/healthz', { 'x-request-id': id })).headers['x-request-id'];
      expect(made).toMatch(/^[0-9a-f-]{36}$/);
    }
    expect((await call('/nowhere', { 'x-request-id': 'my-id' })).headers['x-request-id']).toBe('my-id');
  });

  it('names the trace of the caller in problems, else one of its own', async () => {
    const traced = await call('/v1/webhooks/x', { traceparent: `00-${TRACE_ID}-00f067aa0ba902b7-01` });
    expect(traced.json()).toMatchObject({ status: 404, traceId: TRACE_ID });
    for (const traceparent of ['garbage', `00-${'0'.repeat(32)}-00f067aa0ba902b7-01`]) {
      const { traceId } = (await call('/v1/webhooks/x', { traceparent })).json<{ traceId: string }>();
      expect(traceId).toMatch(/^(?!0{32})[0-9a-f]{32}$/);
      expect(traceId).not.toBe(TRACE_ID);
    }
  });

  it('tells browsers to run, frame and keep nothing', async () => {
    for (const url of ['/v1/modules', '/v1/webhooks/x', '/v1/nowhere']) {
      expect((await call(url)).headers).toMatchObject({
        'content-security-policy': "default-src 'none';frame-ancestors 'none'",
        'x-content-type-options': 'nosniff',
        'x-frame-options': 'DENY',
        'referrer-policy': 'no-referrer',
        'cache-control': 'no-store',
      });
    }
  });

  it('lets the reference page run its own scripts', async () => {
    const policy = String((await call('/docs/')).headers['content-security-policy']);
    expect(policy).toContain("script-src 'self'");
    expect(policy).toContain("connect-src 'self'");
  });

  it('lets pages of the origins it knows call the API, and no others', async () => {
    const preflight = {
      origin: ORIGIN,
      'access-control-request-method': 'PATCH',
      'access-control-request-headers': 'authorization,if-match',
    };
    const answer = await app.inject({ method: 'OPTIONS', url: '/v1/webhooks/x', headers: preflight });
    expect(answer.statusCode).toBe(204);
    expect(answer.headers['access-control-allow-origin']).toBe(ORIGIN);
    expect(answer.headers['access-control-allow-methods']).toContain('PATCH');
    const read = await call('/v1/modules', { origin: ORIGIN });
    expect(read.headers['access-control-allow-origin']).toBe(ORIGIN);
    expect(read.headers['access-control-expose-headers']).toContain('etag');
    expect((await call('/v1/modules', { origin: 'https://evil.example' })).headers).not.toHaveProperty('access-control-allow-origin');
  });

  it('answers HEAD as GET, without the body', async () => {
    const answer = await call('/v1/accounts/default', {}, 'HEAD');
    expect([answer.statusCode, answer.headers['etag'], answer.body]).toEqual([200, '"1"', '']);
    expect((await app.inject({ method: 'HEAD', url: '/v1/accounts/default' })).statusCode).toBe(401);
  });

  it('takes a merge patch by its own name', async () => {
    const type = { 'content-type': 'application/merge-patch+json' };
    expect((await call('/v1/accounts/default', type, 'PATCH', '{"name":"Default"}')).statusCode).toBe(200);
    expect((await call('/v1/accounts/default', type, 'PATCH', '{')).json()).toMatchObject({ status: 400, code: 'MALFORMED_BODY' });
  });

  it.each([
    ['[', 100_000, ']'],
    ['{"a":', 100_000, '}'],
  ])('refuses a body of deeply nested %s', async (open, depth, close) => {
    const body = open.repeat(depth) + '1' + close.repeat(depth);
    const answer = await call('/v1/accounts', { 'content-type': 'application/json' }, 'POST', body);
    expect(answer.json()).toMatchObject({ status: 422, errors: [{ field: 'body', rule: 'json-too-deep' }] });
  });

  it.each(['/v1/modules?a=1', '/v1/accounts/default?limit=1', '/v1/webhooks?a=1', '/v1/audit?accountid=1'])(
    'refuses the unknown parameter in %s',
    async (url) => {
      expect((await call(url)).json()).toMatchObject({ status: 422, errors: [{ rule: 'unknown-field' }] });
    },
  );

  it.each([
    '/%',
    '/v1/accounts/%ff',
    `/v1/accounts/${'x'.repeat(3_000)}`,
    '/v1/accounts/%00',
    '/v1/accounts/%00/api-keys',
    '/v1/audit?actor=%00',
    '/v1/../v1',
  ])('answers %s with a problem that tells nothing of the inside', async (url) => {
    const answer = await call(url);
    expect(answer.statusCode).toBeGreaterThanOrEqual(400);
    expect(answer.statusCode).toBeLessThan(500);
    expect(answer.headers['content-type']).toMatch(/^application\/problem\+json/);
    expect(answer.body).not.toMatch(/node_modules|at .*\.js/);
  });

  it('says what is left of the quota of a key, and refuses what is beyond', async () => {
    const key = await keyOf();
    const first = await call('/v1/webhooks', key);
    expect(first.headers).toMatchObject({ 'ratelimit-policy': '"api";q=60;w=60', ratelimit: '"api";r=59;t=1' });
    expect((await call('/v1/webhooks/x', key)).headers['ratelimit']).toMatch(/^"api";r=58;t=\d$/);
    const more = await Promise.all(Array.from({ length: 70 }, () => call('/v1/modules', key)));
    const refused = more.filter(({ statusCode }) => statusCode === 429);
    expect(refused.length).toBeGreaterThan(5);
    expect(refused[0]!.json()).toMatchObject({ code: 'RATE_LIMITED' });
    expect(refused[0]!.headers).toMatchObject({ 'retry-after': '1', ratelimit: expect.stringMatching(/^"api";r=0;/) });
    expect((await call('/v1/webhooks', await keyOf())).statusCode).toBe(200);
  });

  it('counts the publishing of events apart', async () => {
    const key = await keyOf();
    const publish = () => call('/v1/events', { ...key, 'content-type': 'application/json' }, 'POST', '{}');
    expect((await publish()).headers['ratelimit-policy']).toBe('"events";q=2;w=2');
    const more = await Promise.all([publish(), publish(), publish()]);
    expect(more.map(({ statusCode }) => statusCode)).toContain(429);
    expect((await call('/v1/webhooks', key)).statusCode).toBe(200);
  });

  it('believes a trusted proxy what address a caller has', async () => {
    await call('/v1/accounts', { 'x-forwarded-for': '203.0.113.9' }, 'POST', { id: 'proxied', name: 'p' });
    const { data } = (await call('/v1/audit?accountId=proxied')).json<{ data: { remoteAddress: string }[] }>();
    expect(data[0]!.remoteAddress).toBe('203.0.113.9');
  });
});
