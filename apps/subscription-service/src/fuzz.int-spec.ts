import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import fc from 'fast-check';
import { createDatabase, kafkaBrokers, type TestDatabase, uniqueName } from '#libs/testing';
import { ADMIN_KEY, startSubscriptionService } from './subscription-app.int-fixture.js';

const TEXTS = [
  '',
  'a',
  '\u0000',
  '\ud800',
  'x'.repeat(5_000),
  '__proto__',
  'constructor',
  'http://127.0.0.1:8080/',
  'order_created',
  '*',
  'BEARER',
];
const hostile = fc.oneof(
  fc.jsonValue({ maxDepth: 3 }),
  fc.constantFrom<unknown>(...TEXTS, 1e308, -0, [], {}, null, [null], { toString: 1 }, { constructor: 'x' }),
);
const FIELDS = [
  'name',
  'url',
  'method',
  'events',
  'channelId',
  'headers',
  'auth',
  'payloadFormat',
  'signing',
  'secret',
  'status',
  'timeoutMs',
  'retryPolicy',
  'maxInFlight',
  'rateLimit',
  'metadata',
];

/** A valid webhook with some fields replaced by anything. */
const body = fc
  .tuple(fc.dictionary(fc.constantFrom(...FIELDS, '__proto__', 'id', 'version'), hostile, { maxKeys: 3 }), fc.uuid())
  .map(([given, name]) => ({ name, url: 'http://127.0.0.1:8080/', events: ['order_created'], ...given }));
const auth = fc
  .record({ type: fc.constantFrom('NONE', 'BEARER', 'API_KEY', 'BASIC', 'CUSTOM_HEADERS') })
  .chain((base) =>
    fc
      .dictionary(fc.constantFrom('token', 'key', 'headerName', 'username', 'password', 'headers'), hostile, { maxKeys: 3 })
      .map((rest) => ({ ...base, ...rest })),
  );

const policy = fc
  .dictionary(fc.constantFrom('schedule', 'finalStatuses'), fc.oneof(hostile, fc.array(hostile, { maxLength: 25 })))
  .map((given) => ({ name: uniqueName('n'), url: 'http://127.0.0.1:8080/', events: ['*'], retryPolicy: given }));
const limits = fc
  .record({
    rateLimit: fc.record({ perSecond: fc.oneof(hostile, fc.double()) }),
    metadata: fc.dictionary(fc.string({ unit: 'binary' }), hostile),
  })
  .map((given) => ({ name: uniqueName('n'), url: 'http://127.0.0.1:8080/', events: ['*'], ...given }));

describe('whatever comes in over HTTP', () => {
  let database: TestDatabase;
  let app: NestFastifyApplication;
  let existing: string;

  async function status(method: 'POST' | 'PATCH' | 'PUT' | 'GET' | 'DELETE', url: string, payload?: unknown): Promise<number> {
    const answer = await app.inject({
      method,
      url,
      headers: { authorization: `Bearer ${ADMIN_KEY}`, ...(payload === undefined ? {} : { 'content-type': 'application/json' }) },
      ...(payload === undefined ? {} : { payload: typeof payload === 'string' ? payload : JSON.stringify(payload) }),
    });
    expect(answer.body).not.toContain('node_modules');
    if (answer.statusCode === 201) existing = answer.json<{ id: string }>().id;
    return answer.statusCode;
  }

  beforeAll(async () => {
    database = await createDatabase();
    app = await startSubscriptionService({ databaseUrl: database.url, brokers: kafkaBrokers().join(), topicPrefix: uniqueName('fuzz') });
    expect(await status('POST', '/v1/webhooks', { name: 'first', url: 'http://127.0.0.1:8080/', events: ['*'] })).toBe(201);
  });
  afterAll(async () => {
    await app.close();
    await database.drop();
  });

  it('as a webhook is taken or refused, never a 5xx', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.oneof(
          body,
          policy,
          limits,
          auth.map((given) => ({ name: uniqueName('n'), url: 'http://127.0.0.1:8080/', events: ['*'], auth: given })),
        ),
        async (given) => {
          expect(await status('POST', '/v1/webhooks', given)).toBeLessThan(500);
          expect(await status('PATCH', `/v1/webhooks/${existing}`, given)).toBeLessThan(500);
          expect(await status('PUT', `/v1/webhooks/${existing}`, given)).toBeLessThan(500);
          expect(await status('GET', '/v1/webhooks')).toBe(200);
        },
      ),
      { numRuns: 150 },
    );
  });

  it('as an event is taken or refused, never a 5xx', async () => {
    const event = fc
      .dictionary(fc.constantFrom('type', 'id', 'time', 'channelId', 'context', 'data', 'accountId'), hostile)
      .map((given) => ({ type: 'order_created', ...given }));
    await fc.assert(
      fc.asyncProperty(fc.oneof(event, fc.string(), hostile), async (given) => {
        expect(await status('POST', '/v1/events', given)).toBeLessThan(500);
      }),
      { numRuns: 150 },
    );
  });

  it.each(['%00', '%ff', '%', 'wh_%00', '__proto__', '..%2f..', `wh_${'0'.repeat(5_000)}`, "'%20or%20'1'%3d'1"])(
    'as the id %s is answered with 4xx',
    async (id) => {
      for (const method of ['GET', 'DELETE'] as const) {
        const code = await status(method, `/v1/webhooks/${id}`);
        expect(code).toBeGreaterThanOrEqual(400);
        expect(code).toBeLessThan(500);
      }
      expect(await status('GET', `/v1/event-types/${id}`)).toBeLessThan(500);
      expect(await status('GET', `/v1/accounts/${id}`)).toBeLessThan(500);
      expect(await status('GET', `/v1/webhooks?channelId=${id}&cursor=${id}`)).toBeLessThan(500);
      expect(await status('GET', `/v1/webhooks?event=${id}&module=${id}&q=${id}`)).toBeLessThan(500);
    },
  );
});
