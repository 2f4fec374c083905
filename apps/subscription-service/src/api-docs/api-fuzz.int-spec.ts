import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { Ajv2020 } from 'ajv/dist/2020.js';
import formats from 'ajv-formats';
import fc from 'fast-check';
import { loadCatalog } from '#libs/catalog';
import { createDatabase, kafkaBrokers, type TestDatabase, uniqueName } from '#libs/testing';
import { ADMIN_KEY, routesOf, startSubscriptionService } from '../subscription-app.int-fixture.js';
import { apiDocument } from './api-document.js';
import { aDeadLetterOf } from './testing-support/a-dead-letter.js';
import { aPastOf } from './testing-support/a-past.js';
import { valuesOf } from './testing-support/schema-values.js';

type Schema = Record<string, unknown>;
interface Operation {
  readonly operationId: string;
  readonly parameters?: readonly { name: string; in: 'path' | 'query' | 'header'; schema: Schema; example?: unknown }[];
  readonly requestBody?: { content: Record<string, { schema: Schema; examples: Record<string, { value: object }> }> };
  readonly responses: Record<string, { $ref?: string; content?: Record<string, { schema: Schema }> }>;
}
interface Document {
  readonly paths: Record<string, Record<string, Operation>>;
  readonly components: {
    readonly schemas: Record<string, Schema>;
    readonly responses: Record<string, { content: Record<string, { schema: Schema }> }>;
  };
}

const SEED = Number(process.env['FUZZ_SEED'] ?? 20261120);
const REQUESTS = Number(process.env['FUZZ_REQUESTS'] ?? 60);
const document = apiDocument(loadCatalog()) as unknown as Document;
const { schemas } = document.components;
const operations = Object.entries(document.paths).flatMap(([path, item]) =>
  Object.entries(item).map(([method, operation]) => ({ route: `${method.toUpperCase()} ${path}`, method, path, operation })),
);
// What deletes comes last, the inner things first: the others need something to be there.
const turn = ({ method, path }: (typeof operations)[number]): number => (method === 'delete' ? 1_000 - path.length : 0);
operations.sort((a, b) => turn(a) - turn(b));

/** What is there, by the place in a path that names it. */
type Known = Readonly<Record<string, string[]>>;
const placeOf = (path: string, parameter: string): string => path.split(`/{${parameter}}`)[0]!.split('/').at(-1)!;

/** A request to an operation: parameters and body mostly as documented, and here and there not. */
function requests({ path, method, operation }: (typeof operations)[number], known: Known) {
  const anything = fc.string({ minLength: 1, maxLength: 40 });
  const place = (name: string) => {
    const there = fc.constantFrom(...(known[placeOf(path, name)]?.length ? known[placeOf(path, name)]! : ['nope']));
    return fc.tuple(fc.constant(name), fc.oneof({ weight: 4, arbitrary: there }, { weight: 1, arbitrary: anything }));
  };
  const inPath = (operation.parameters ?? []).filter((each) => each.in === 'path').map(({ name }) => place(name));
  const inQuery = (operation.parameters ?? []).filter((each) => each.in === 'query');
  const asked = fc.record(Object.fromEntries(inQuery.map(({ name, schema }) => [name, valuesOf(schema, schemas, 0.2)])), {
    requiredKeys: [],
  });
  // Of many parameters one is as good as always wrong, such as an id of something that is not there.
  const query = inQuery.length < 2 ? asked : fc.oneof({ weight: 2, arbitrary: asked }, { weight: 1, arbitrary: fc.constant({}) });
  const headers = fc.record(
    {
      'if-match': fc.constantFrom('"1"', '*', 'W/"2"', '"x"', ''),
      'idempotency-key': fc.oneof(fc.uuid(), fc.constantFrom('', 'same', 'x'.repeat(300))),
      traceparent: fc.constantFrom('00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01', 'junk'),
      'x-request-id': fc.constantFrom('r-1', '\t', 'x'.repeat(300)),
    },
    { requiredKeys: [] },
  );
  return fc
    .record({ places: fc.tuple(...inPath), query, more: fc.boolean(), headers, body: bodies(operation) })
    .map(({ places, query: given, more, headers: sent, body }) => {
      let url = path;
      for (const [name, value] of places) url = url.replace(`{${name}}`, encodeURIComponent(value.toWellFormed()));
      const pairs = Object.entries({ ...given, ...(more ? { nonsense: '1' } : {}) });
      const search = pairs
        .map(([name, value]) => `${name}=${encodeURIComponent((typeof value === 'string' ? value : JSON.stringify(value)).toWellFormed())}`)
        .join('&');
      return { method: method.toUpperCase() as 'GET', url: search === '' ? url : `${url}?${search}`, sent, body };
    });
}

/** A list as it is asked for most often: chance alone must not decide whether it is served at all. */
function plain({ method, path }: (typeof operations)[number]) {
  const isList = method === 'get' && path.startsWith('/v1/') && !path.includes('{') && !path.endsWith('/stream');
  return isList ? [{ method: 'GET' as const, url: path, sent: {}, body: undefined }] : [];
}

function bodies(operation: Operation): fc.Arbitrary<{ payload: string; type: string } | undefined> {
  const content = Object.values(operation.requestBody?.content ?? {})[0];
  const junk = fc.oneof(fc.string(), fc.constantFrom('', '{', 'null', '[]', '"x"', '{"a":1,"a":2}', `${'['.repeat(300)}`, '\ufeff{}'));
  if (!content) return fc.constantFrom(undefined, { payload: '{}', type: 'application/json' });
  const json = (value: unknown) => ({ payload: JSON.stringify(value), type: 'application/json' });
  const example = fc.constantFrom(...Object.values(content.examples).map(({ value }) => value));
  const named = fc.tuple(example, fc.uuid()).map(([value, name]) => ('name' in value ? { ...value, name } : value));
  return fc.oneof(
    { weight: 3, arbitrary: valuesOf(content.schema, schemas, 0).map(json) },
    { weight: 5, arbitrary: valuesOf(content.schema, schemas, 0.15).map(json) },
    { weight: 3, arbitrary: named.map(json) },
    {
      weight: 5,
      arbitrary: fc
        .tuple(named, valuesOf(content.schema, schemas, 0.3))
        .map(([base, part]) => json(typeof part === 'object' && part ? { ...base, ...part } : base)),
    },
    { weight: 1, arbitrary: junk.map((payload) => ({ payload, type: 'application/json' })) },
    { weight: 1, arbitrary: junk.map((payload) => ({ payload, type: 'text/plain' })) },
  );
}

describe('the API as its document says', () => {
  const ajv = new Ajv2020({ strict: false, allErrors: true });
  let database: TestDatabase;
  let app: NestFastifyApplication;
  let known: Known;

  const absolute = (schema: Schema) => JSON.parse(JSON.stringify(schema).replaceAll('"#/components/', '"document#/components/')) as Schema;
  const send = (method: string, url: string, headers: object, body?: { payload: string; type: string }) =>
    app.inject({
      method: method as 'GET',
      url,
      headers: { authorization: `Bearer ${ADMIN_KEY}`, ...headers, ...(body ? { 'content-type': body.type } : {}) },
      ...(body ? { payload: body.payload } : {}),
    });

  /** What an answer says that its operation does not; nothing when all is as described. */
  function faultOf(operation: Operation, answer: Awaited<ReturnType<typeof send>>): string | undefined {
    const { statusCode: status } = answer;
    if (status >= 500) return `${status} ${answer.body}`;
    const described = operation.responses[String(status)];
    if (!described) return `${status} is not described: ${answer.body.slice(0, 300)}`;
    const { content } = described.$ref ? document.components.responses[described.$ref.split('/').at(-1)!]! : described;
    if (!content) return answer.body === '' ? undefined : `${status} has a body`;
    const type = String(answer.headers['content-type']).split(';')[0]!;
    const shape = content[type];
    if (!shape) return `${status} is ${type}`;
    if (!/[/+]json$/.test(type)) return undefined;
    const fits = ajv.compile(absolute(shape.schema));
    return fits(answer.json()) ? undefined : `${status} ${ajv.errorsText(fits.errors)}: ${answer.body.slice(0, 600)}`;
  }

  beforeAll(async () => {
    formats.default(ajv);
    ajv.addSchema({ $id: 'document', components: document.components });
    database = await createDatabase();
    app = await startSubscriptionService({ databaseUrl: database.url, brokers: kafkaBrokers().join(), topicPrefix: uniqueName('fuzz') });
    const post = async (url: string, body: object): Promise<string> => {
      const answer = await send('POST', url, {}, { payload: JSON.stringify(body), type: 'application/json' });
      return answer.json<{ id: string }>().id;
    };
    known = {
      webhooks: [],
      // Not the caller's own: what is done to it would come between.
      accounts: ['other'],
      'api-keys': [],
      'event-types': ['order_created', 'RECEIVED_STATUS', 'fuzz.a', 'fuzz.b'],
      problems: ['webhook-not-found', 'validation-failed'],
      deliveries: [],
      events: [],
      attempts: [],
      redeliveries: [],
      'dead-letters': [],
    };
    await post('/v1/accounts', { id: 'other', name: 'Other' });
    for (const name of ['a', 'b', 'c', 'd', 'e']) {
      known['webhooks']!.push(await post('/v1/webhooks', { name, url: 'http://127.0.0.1:8080/', events: ['*'] }));
      known['api-keys']!.push(await post('/v1/accounts/other/api-keys', { name, scopes: ['webhooks:read'] }));
    }
  });
  afterAll(async () => {
    await app.close();
    await database.drop();
  });
  // Earlier operations may have deleted, disabled or ended what there was.
  beforeEach(async () => {
    const post = async (url: string, body: object): Promise<string> => {
      const answer = await send('POST', url, {}, { payload: JSON.stringify(body), type: 'application/json' });
      return answer.json<{ id: string }>().id;
    };
    const webhookId = await post('/v1/webhooks', { name: randomUUID(), url: 'http://127.0.0.1:8080/', events: ['*'] });
    const past = await aPastOf(app, webhookId);
    const redelivery = await post(`/v1/webhooks/${webhookId}/redeliver`, { since: '2026-01-01T00:00:00Z' });
    known = {
      ...known,
      webhooks: [...known['webhooks']!.slice(-4), webhookId],
      deliveries: past.deliveryIds,
      attempts: past.attemptIds,
      events: [past.eventId],
      redeliveries: [redelivery],
      'dead-letters': [await aDeadLetterOf(app, 'orders')],
    };
  });

  it('is described whole: every route, and no other', () => {
    const described = operations.map(({ route }) => route.replaceAll(/\{(\w+)\}/g, ':$1'));
    // A page for who reads a mail is no operation of the API.
    const served = routesOf(app).filter((route) => !route.endsWith(' /unsubscribe'));
    expect(described.sort()).toEqual(served.sort());
  });

  it.each(operations.map((each) => [each.route, each] as const))('%s', async (_, operation) => {
    const faults: string[] = [];
    let served = 0;
    const sample = fc.sample(requests(operation, known), { seed: SEED, numRuns: REQUESTS });
    for (const { method, url, sent, body } of [...plain(operation), ...sample]) {
      const answer = await send(method, url, sent, body);
      if (answer.statusCode < 300) served++;
      const fault = faultOf(operation.operation, answer);
      if (fault !== undefined) faults.push(`${method} ${url} ${JSON.stringify(sent)} ${body?.payload.slice(0, 600) ?? ''} → ${fault}`);
    }
    expect(faults.slice(0, 3)).toEqual([]);
    expect(served).toBeGreaterThan(0);
  });
});
