import { describe, expect, it } from '@jest/globals';
import { DataSchema, schemaFaults } from './data-schema.js';

const faultsOf = (schema: object, data: unknown, bytes = 0) =>
  new DataSchema({ ...schema }).faultsOf(data, bytes).map(({ path, rule }) => `${path} ${rule}`);

describe('DataSchema', () => {
  const schema = {
    type: 'object',
    required: ['total', 'a/b'],
    unevaluatedProperties: false,
    properties: { total: { type: 'integer' }, 'a/b': {}, lines: { type: 'array', items: { required: ['sku'] } } },
  };

  it('names the place of every fault, of a missing member and of one too many its own', () => {
    expect(faultsOf(schema, { total: 'x', lines: [{ sku: 1 }, {}], more: 1 })).toEqual([
      '/a~1b required',
      '/total type',
      '/lines/1/sku required',
      '/more unevaluatedProperties',
    ]);
    expect(faultsOf(schema, 7)).toEqual([' type']);
    expect(faultsOf(schema, { total: 1, 'a/b': null })).toEqual([]);
  });

  it('names twenty faults at most, and of large data the first', () => {
    const list = { items: { type: 'string' } };
    const numbers = Array.from({ length: 100 }, (_, index) => index);
    expect(faultsOf(list, numbers)).toHaveLength(20);
    expect(faultsOf(list, numbers, 100_000)).toEqual(['/0 type']);
  });

  it('knows formats', () => {
    expect(faultsOf({ type: 'string', format: 'date-time' }, 'today')).toEqual([' format']);
  });

  it('keeps schemas apart that give themselves the same $id', () => {
    const one = new DataSchema({ $id: 'https://example.com/s', type: 'string' });
    const other = new DataSchema({ $id: 'https://example.com/s', type: 'integer' });
    expect([one.faultsOf('x', 0), other.faultsOf(1, 0)]).toEqual([[], []]);
  });
});

describe('schemaFaults', () => {
  it.each<[object, string[]]>([
    [{}, []],
    [{ type: 'object', properties: { a: { $ref: '#/$defs/a' } }, $defs: { a: { type: ['string', 'null'] } } }, []],
    [{ properties: { a: { $ref: '#' } } }, []],
    [{ type: 'thing' }, ['/type enum', '/type type', '/type anyOf']],
    [{ properties: { a: { minLength: -1 } } }, ['/properties/a/minLength minimum']],
    [{ requird: [] }, [' schema']],
    [{ $ref: '#/$defs/nope' }, [' schema']],
    [{ pattern: '[' }, [' schema']],
    [{ $schema: 'http://json-schema.org/draft-07/schema#' }, [' schema']],
  ])('%#: finds what keeps %j from being a schema', (schema, faults) => {
    expect(schemaFaults({ ...schema }).map(({ path, rule }) => `${path} ${rule}`)).toEqual(faults);
  });

  it('refuses a schema whose check would be asynchronous', () => {
    expect(schemaFaults({ $async: true, type: 'object' })).toMatchObject([{ path: '/$async' }]);
  });
});
