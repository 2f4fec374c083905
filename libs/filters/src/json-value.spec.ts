import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { parseJson, type JsonValue } from './json-value.js';

/** As `JSON.parse` has it. */
function plain(value: JsonValue): unknown {
  if (typeof value === 'bigint') return Number(value);
  if (Array.isArray(value)) return value.map(plain);
  return value instanceof Map ? Object.fromEntries([...value].map(([name, member]) => [name, plain(member)])) : value;
}

describe('parseJson', () => {
  it('reads what JSON.parse reads, alike, and nothing else', () => {
    const mangled = fc.tuple(fc.json(), fc.nat(), fc.constantFrom('', '"', '\\', '}', ',', '0', 'e', '\u0001', '-', ' ')).map(([json, at, character]) => {
      const where = at % (json.length + 1);
      return json.slice(0, where) + character + json.slice(where + 1);
    }); // prettier-ignore
    fc.assert(
      fc.property(fc.oneof(fc.json(), mangled), (text) => {
        let expected: unknown;
        try {
          expected = JSON.parse(text);
        } catch {
          expect(() => parseJson(text)).toThrow(SyntaxError);
          return;
        }
        // -0 is 0 here: a whole number.
        expect(JSON.stringify(plain(parseJson(text)))).toBe(JSON.stringify(expected));
      }),
      { numRuns: 5_000 },
    );
  });

  it('keeps whole numbers as they are, and members of any name', () => {
    expect(parseJson('12345678901234567890')).toBe(12345678901234567890n);
    expect(parseJson('-5')).toBe(-5n);
    expect(parseJson('1e2')).toBe(100);
    expect(parseJson('1.0')).toBe(1);
    expect(parseJson('1'.repeat(50))).toBe(Number('1'.repeat(50)));
    const value = parseJson('{"__proto__":{"a":1},"constructor":2,"a":1,"a":2}') as Map<string, JsonValue>;
    expect([...value.keys()]).toEqual(['__proto__', 'constructor', 'a']);
    expect(value.get('a')).toBe(2n);
  });

  it('refuses nesting over 100, which no event has', () => {
    expect(parseJson(`${'['.repeat(100)}${']'.repeat(100)}`)).toHaveLength(1);
    expect(() => parseJson(`${'['.repeat(101)}${']'.repeat(101)}`)).toThrow(SyntaxError);
    expect(() => parseJson('['.repeat(1_000_000))).toThrow(SyntaxError);
  });
});
