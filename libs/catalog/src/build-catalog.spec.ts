import { describe, expect, it } from '@jest/globals';
import { stringify } from 'yaml';
import { buildCatalog } from './build-catalog.js';

const entry = (name: string, more: object = {}) => ({
  name,
  label: 'A label',
  description: 'A description.',
  updatedAt: '2026-11-20T00:00:00Z',
  schema: { type: 'object', required: ['id'], properties: { id: { type: 'integer' } } },
  sample: { id: 1 },
  ...more,
});
const combined = (name: string, combines: string[]) => ({ ...entry(name), schema: undefined, sample: undefined, combines });
const build = (...files: unknown[]) =>
  buildCatalog(files.map((file, index) => ({ name: `f${index + 1}.yaml`, yaml: typeof file === 'string' ? file : stringify(file) })));
const module = (name: string, eventTypes: unknown[], more: object = {}) => ({ module: name, label: name, eventTypes, ...more });

describe('Catalog', () => {
  const catalog = build(
    module('m', [entry('a'), entry('b'), combined('AB', ['a', 'b'])], { topic: 'domain.m' }),
    module('made', [entry('t')], { topic: null }),
  );

  it.each([
    ['*', { all: true }],
    ['m:*', { module: 'm' }],
    ['a', { types: ['a'] }],
    ['AB', { types: ['a', 'b'] }],
    ['t', undefined],
    ['made:*', undefined],
    ['x', undefined],
    ['x:*', undefined],
    ['A', undefined],
    ['m', undefined],
    [':*', undefined],
    ['', undefined],
    ['**', undefined],
    ['__proto__', undefined],
    ['constructor:*', undefined],
  ])('understands the subscription %j as %j', (subscription, expected) => {
    expect(catalog.expand(subscription)).toEqual(expected);
  });

  it('lists what can be subscribed to by module, and every type in all', () => {
    expect(catalog.modules()).toEqual([{ name: 'm', label: 'm', topic: 'domain.m', eventTypes: ['a', 'b', 'AB'] }]);
    expect(catalog.eventTypes().map((type) => type.name)).toEqual(['a', 'b', 'AB', 't']);
  });

  it('knows only what travels', () => {
    expect(['a', 'AB', 't', 'x'].map((type) => catalog.isKnown(type))).toEqual([true, false, false, false]);
    expect(['a', 'AB', 't', 'x'].map((type) => catalog.topicOf(type))).toEqual(['domain.m', undefined, undefined, undefined]);
    expect(['a', 'AB', 't', 'x'].map((type) => catalog.moduleOf(type))).toEqual(['m', 'm', 'made', undefined]);
  });

  it('describes a combined type by its members', () => {
    expect(catalog.get('AB')).toMatchObject({
      combines: ['a', 'b'],
      sample: { id: 1 },
      schema: { anyOf: [{ type: 'object' }, { type: 'object' }] },
    });
  });

  it('takes version, schema check and deprecation from the file, or says that there is nothing to say', () => {
    const given = { version: 3, schemaCheck: 'reject', deprecated: { since: '2026-11-20T00:00:00Z', replacedBy: 'b' } };
    const own = build(module('m', [entry('a', given), entry('b')]));
    expect(own.get('a')).toMatchObject({ ...given, deprecated: { ...given.deprecated, message: null }, origin: 'deployment' });
    expect(own.get('b')).toMatchObject({ version: 1, schemaCheck: 'off', deprecated: null });
  });

  it('gives the sample as compact JSON bytes', () => {
    expect(catalog.sampleBytes('a')?.toString()).toBe('{"id":1}');
    expect(catalog.sampleBytes('x')).toBeUndefined();
  });
});

describe('buildCatalog', () => {
  it.each<[string, unknown[], RegExp]>([
    ['text that is not YAML', ['module: ['], /^f1\.yaml: .*line 1/],
    ['a key given twice', ['module: a\nmodule: b\neventTypes: []'], /^f1\.yaml: Map keys must be unique at line 2/],
    ['an empty file', [''], /^f1\.yaml: must be object$/],
    ['a module without a label', [{ module: 'm', eventTypes: [] }], /^f1\.yaml: module m needs a label$/],
    ['a misspelt member', [module('m', [], { evenTypes: [] })], /^f1\.yaml: must NOT have additional properties$/],
    ['a topic of our own', [module('m', [], { topic: 'hookstream.deliveries' })], /^f1\.yaml: topic must match pattern/],
    ['a name with other characters', [module('m', [entry('a b')])], /^f1\.yaml: a b\/name must match pattern/],
    ['a name over 128 characters', [module('m', [entry('x'.repeat(129))])], /^f1\.yaml: x{129}\/name must match pattern/],
    [
      'an entry without a description',
      [module('m', [entry('a', { description: undefined })])],
      /^f1\.yaml: a must have required property 'description'$/,
    ],
    ['an entry without a sample', [module('m', [entry('a', { sample: undefined })])], /^f1\.yaml: a must have required property 'sample'$/],
    ['a date that is none', [module('m', [entry('a', { updatedAt: 'today' })])], /^f1\.yaml: a\/updatedAt must match format "date-time"$/],
    ['a sample that does not fit', [module('m', [entry('a', { sample: { id: 'x' } })])], /^f1\.yaml: a: sample\/id must be integer$/],
    ['a schema that is none', [module('m', [entry('a', { schema: { type: 'thing' } })])], /^f1\.yaml: a: schema: /],
    [
      'a keyword that is none',
      [module('m', [entry('a', { schema: { requird: [] } })])],
      /^f1\.yaml: a: schema: strict mode: unknown keyword: "requird"$/,
    ],
    [
      'a schema of another draft',
      [module('m', [entry('a', { schema: { $schema: 'http://json-schema.org/draft-07/schema#' } })])],
      /^f1\.yaml: a: schema: /,
    ],
    ['a type defined twice', [module('m', [entry('a'), entry('a')])], /^f1\.yaml: a is already defined in f1\.yaml$/],
    ['a type defined in two files', [module('m', [entry('a')]), module('n', [entry('a')])], /^f2\.yaml: a is already defined in f1\.yaml$/],
    [
      'a module moved to another topic',
      [module('m', []), module('m', [], { topic: 'n' })],
      /^f2\.yaml: module m is already defined with another label or topic/,
    ],
    [
      'a combined type of an unknown one',
      [module('m', [entry('a'), combined('C', ['a', 'zz'])])],
      /^f1\.yaml: C combines zz, which is not in the catalog$/,
    ],
    [
      'a combined type of a combined one',
      [module('m', [entry('a'), entry('b'), combined('C', ['a', 'b']), combined('D', ['a', 'C'])])],
      /^f1\.yaml: D combines C, which is combined itself$/,
    ],
    [
      'a successor that is unknown',
      [module('m', [entry('a', { deprecated: { since: '2026-11-20T00:00:00Z', replacedBy: 'b' } })])],
      /^f1\.yaml: a is replaced by b, which/,
    ],
    [
      'a deprecation without a date',
      [module('m', [entry('a', { deprecated: {} })])],
      /^f1\.yaml: a\/deprecated must have required property 'since'$/,
    ],
    ['a schema check that is none', [module('m', [entry('a', { schemaCheck: 'maybe' })])], /^f1\.yaml: a\/schemaCheck must be equal/],
    [
      'a combined type with a schema',
      [module('m', [entry('a'), entry('b'), entry('C', { combines: ['a', 'b'], sample: undefined })])],
      /^f1\.yaml: C\/schema /,
    ],
  ])('refuses %s, naming file and entry', (_fault, files, message) => {
    expect(() => build(...files)).toThrow(expect.objectContaining({ code: 'CATALOG_INVALID', message: expect.stringMatching(message) }));
  });

  it('reports all faults at once', () => {
    const faulty = [module('m', [entry('a', { sample: {} })]), module('n', [entry('b', { label: '' }), entry('c', { updatedAt: '' })])];
    expect(() => build(...faulty)).toThrow(
      expect.objectContaining({ message: expect.stringMatching(/b\/label .*c\/updatedAt .*f1\.yaml: a: sample/) }),
    );
  });
});
