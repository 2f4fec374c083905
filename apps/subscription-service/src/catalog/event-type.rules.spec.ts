import { describe, expect, it } from '@jest/globals';
import { LiveCatalog, loadCatalog } from '#libs/catalog';
import type { AppError } from '#libs/kernel';
import { validationPipe } from '#libs/runtime';
import { PutEventTypeDto } from './event-type.dto.js';
import { checkShape, definitionOf } from './event-type.rules.js';

const FILES = loadCatalog();
const NOW = '2026-11-20T10:00:00.000Z';
const SCHEMA = { type: 'object', required: ['total'], properties: { total: { type: 'integer' } } };
const aType = (overrides: object = {}) => ({
  module: 'orders',
  label: 'Paid order',
  description: 'An order was paid.',
  schema: SCHEMA,
  sample: { total: 1 },
  ...overrides,
});
const both = (overrides: object = {}) =>
  aType({ schema: undefined, sample: undefined, combines: ['order_created', 'order_updated'], ...overrides });

function aCatalog(): LiveCatalog {
  const catalog = new LiveCatalog(FILES);
  const deprecated = { since: '2026-01-01T00:00:00Z', message: null, replacedBy: null };
  const rest = { version: 1, module: 'orders', schemaCheck: 'off', updatedAt: NOW } as const;
  catalog.set({ ...rest, name: 'old', combines: [], schema: {}, deprecated });
  catalog.set({ ...rest, name: 'older_or_new', combines: ['old', 'order_created'], schema: null, deprecated: null });
  return catalog;
}

/** As a body passes through the door and the service. */
async function define(body: object, name = 'paid') {
  const plain = JSON.parse(JSON.stringify(body)) as unknown;
  const asked = (await validationPipe().transform(plain, { type: 'body', metatype: PutEventTypeDto })) as PutEventTypeDto;
  checkShape(name, asked);
  return definitionOf(aCatalog(), name, asked, NOW);
}
const faultsOf = (body: object, name?: string): Promise<string[]> =>
  define(body, name).then(
    () => [],
    ({ code, fields }: AppError) => (fields.length > 0 ? fields.map(({ field, rule }) => `${field}: ${rule}`) : [code]),
  );

describe('the definition of an event type', () => {
  it('is what was asked for, with what may be left out', async () => {
    expect(await define(aType())).toEqual({ ...aType(), combines: [], schemaCheck: 'off', deprecated: null, redact: [] });
    const { schema: _, sample: __, ...combined } = both({ schema: null });
    expect(await define(both())).toEqual({ ...combined, schema: null, schemaCheck: 'off', deprecated: null, redact: [] });
    const redact = ['/a~1b/~0', '/lines/*/note', '/'];
    expect((await define(aType({ redact }))).redact).toEqual(redact);
  });

  it('is deprecated since the moment that is given, else since when it was, else from now', async () => {
    const since = async (deprecated: object, name: string) => (await define(aType({ deprecated }), name)).deprecated?.since;
    expect(await since({ since: '2026-05-05T00:00:00Z' }, 'paid')).toBe('2026-05-05T00:00:00Z');
    expect(await since({ message: 'Gone.' }, 'old')).toBe('2026-01-01T00:00:00Z');
    expect(await since({}, 'paid')).toBe(NOW);
  });

  it.each<[string, object]>([
    ['module: unknown-module', aType({ module: 'nope' })],
    ['module: unknown-module', aType({ module: 'synthetic' })],
    ['label: required', aType({ label: undefined })],
    ['extra: unknown-field', aType({ extra: 1 })],
    ['schema: required', aType({ schema: undefined })],
    ['sample: required', aType({ sample: undefined })],
    ['schema/properties/a/type: schema.enum', aType({ schema: { properties: { a: { type: 'thing' } } } })],
    ['schema: schema.schema', aType({ schema: { requird: ['a'] } })],
    ['schema: schema.schema', aType({ schema: { $ref: 'https://example.com/schema' } })],
    ['schema: schema.schema', aType({ schema: { $schema: 'http://json-schema.org/draft-07/schema#' } })],
    ['schema/$async: schema.$async', aType({ schema: { $async: true } })],
    ['schema: max-size', aType({ schema: { description: 'x'.repeat(65_536) } })],
    ['schema: is-object', aType({ schema: [] })],
    ['sample/total: schema.type', aType({ sample: { total: 'x' } })],
    ['sample/total: schema.required', aType({ sample: {} })],
    ['sample: max-size', aType({ sample: { total: 1, x: 'x'.repeat(65_536) } })],
    ['schemaCheck: is-in', aType({ schemaCheck: 'maybe' })],
    [
      'combines[1]: unknown-event-type',
      { ...aType(), schema: undefined, sample: undefined, combines: ['order_created', 'RECEIVED_STATUS'] },
    ],
    ['schema: combined', { ...aType(), sample: undefined, combines: ['order_created', 'order_updated'] }],
    ['combines: array-min-size', { ...aType(), schema: undefined, sample: undefined, combines: ['order_created'] }],
    ...['', 'total', '/a~', '/a~2', 'x/total'].map((pointer): [string, object] => ['redact: matches', aType({ redact: [pointer] })]),
    ['redact: is-array', aType({ redact: '/total' })],
    ['redact: is-string', aType({ redact: [7] })],
    ['redact: array-unique', aType({ redact: ['/total', '/total'] })],
    ['redact: array-max-size', aType({ redact: Array.from({ length: 101 }, (_, i) => `/${i}`) })],
    ['redact: max-length', aType({ redact: [`/${'x'.repeat(1_000)}`] })],
    ['redact: combined', { ...both(), redact: ['/total'] }],
    ['deprecated.since: is-iso8601', aType({ deprecated: { since: 'today' } })],
    ['deprecated.replacedBy: unknown-event-type', aType({ deprecated: { replacedBy: 'nope' } })],
  ])('is refused with %s', async (fault, body) => {
    expect(await faultsOf(body)).toContain(fault);
  });

  it.each<[string, string, object]>([
    ['type: name', 'a b', aType()],
    ['type: name', 'x'.repeat(129), aType()],
    ['module: immutable', 'old', aType({ module: 'users' })],
    ['combines[0]: unknown-event-type', 'old', both({ combines: ['old', 'order_created'] })],
    ['deprecated.replacedBy: unknown-event-type', 'old', aType({ deprecated: { replacedBy: 'old' } })],
    ['EVENT_TYPE_COMBINED', 'old', both()],
  ])('is refused with %s under the name %s', async (fault, name, body) => {
    expect(await faultsOf(body, name)).toEqual([fault]);
  });
});
