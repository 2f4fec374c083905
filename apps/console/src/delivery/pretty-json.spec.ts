import { describe, expect, it } from 'vitest';
import { prettyJson } from './pretty-json';

describe('JSON laid out', () => {
  it.each([{ a: [1, { b: null }], c: {}, d: [], e: 'x, {y}: "z" \\' }, [], {}, 'text', 7, [[[]]], { '': [''] }])(
    'reads as JSON.stringify lays it out: %j',
    (value) => {
      expect(prettyJson(JSON.stringify(value))).toBe(JSON.stringify(value, null, 2));
    },
  );

  it('keeps numbers, names that occur twice and escapes as they were received', () => {
    const text = '{"n":12345678901234567890,"p":1.10,"n":1e400,"u":"\\u00e9"}';
    expect(prettyJson(text)).toBe('{\n  "n": 12345678901234567890,\n  "p": 1.10,\n  "n": 1e400,\n  "u": "\\u00e9"\n}');
  });

  it.each(['<event id="1"/>', '{"half":', '', 'a=1&b=2'])('leaves what is no JSON alone: %s', (text) => {
    expect(prettyJson(text)).toBe(text);
  });

  it('lays out a megabyte without delay', () => {
    const text = JSON.stringify(Array.from({ length: 20_000 }, (_, id) => ({ id, name: `item ${id}`, tags: ['a', 'b'] })));
    const begin = performance.now();
    prettyJson(text);
    expect(performance.now() - begin).toBeLessThan(2000);
  });
});
