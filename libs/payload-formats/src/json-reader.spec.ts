import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { inspect } from 'node:util';
import { readJson, type JsonNode } from './json-reader.js';

const read = (text: string) => readJson(Buffer.from(text, 'utf8'));

function toValue(node: JsonNode): unknown {
  switch (node.kind) {
    case 'object': {
      const target = {};
      for (const [name, value] of node.members)
        Object.defineProperty(target, name, { value: toValue(value), enumerable: true, writable: true, configurable: true });
      return target;
    }
    case 'array':
      return node.items.map(toValue);
    case 'string':
      return node.value;
    default:
      return JSON.parse(node.source);
  }
}

describe('readJson', () => {
  it('reads what JSON.parse reads, however it is spaced', () => {
    fc.assert(
      fc.property(fc.jsonValue({ stringUnit: 'binary' }), fc.constantFrom(undefined, 1, '\t', '\r\n '), (value, space) => {
        const text = JSON.stringify(value, null, space);
        const node = read(` ${text}\n`);
        expect(JSON.stringify(toValue(node))).toBe(JSON.stringify(JSON.parse(text)));
        expect(node.source).toBe(text);
      }),
      { numRuns: 500 },
    );
  });

  it('keeps the digits of numbers, the order of members and repeated members', () => {
    expect(read('{"b":12345678901234567890,"1":1.10,"b":-0.0E+1}')).toMatchObject({
      members: [
        ['b', { kind: 'number', source: '12345678901234567890' }],
        ['1', { kind: 'number', source: '1.10' }],
        ['b', { kind: 'number', source: '-0.0E+1' }],
      ],
    });
  });

  it('finds the end of strings that end in escapes', () => {
    expect(read('["\\\\","\\"","\\\\\\"",""]')).toMatchObject({
      items: [{ value: '\\' }, { value: '"' }, { value: '\\"' }, { value: '' }],
    });
  });

  it.each(['', ' ', '{', '[1,]', '{"a":}', 'nul', '01', '"\n"', '\ufeff{}', '{} {}', 'NaN'])('refuses %j', (text) => {
    expect(() => read(text)).toThrow(expect.objectContaining({ code: 'PAYLOAD_NOT_JSON', message: 'the data is not valid JSON' }));
  });

  it('does not quote the data in an error', () => {
    let printed = '';
    try {
      read('{"card": 4111');
    } catch (error) {
      printed = inspect(error);
    }
    expect(printed).toContain('PAYLOAD_NOT_JSON');
    expect(printed).not.toContain('4111');
  });

  it('refuses to go deeper than events may nest, before the stack ends', () => {
    expect(read('['.repeat(100) + ']'.repeat(100)).kind).toBe('array');
    expect(() => read('['.repeat(100_000) + ']'.repeat(100_000))).toThrow(expect.objectContaining({ code: 'PAYLOAD_NOT_JSON' }));
  });
});
