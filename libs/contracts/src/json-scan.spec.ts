import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { ContractViolation } from './contract-violation.js';
import { checkJson, scanJsonArray, scanJsonObject } from './json-scan.js';

const reasonOf = (work: () => unknown): string | undefined => {
  try {
    work();
    return undefined;
  } catch (error) {
    if (error instanceof ContractViolation) return error.reason;
    throw error;
  }
};
const check = (text: string, depth?: number) => reasonOf(() => checkJson(Buffer.from(text), depth));
const parses = (text: string): boolean => {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
};
const nested = (depth: number) => '['.repeat(depth) + ']'.repeat(depth);

// Texts that are nearly JSON: real JSON with a few of its characters replaced, removed or added.
const nearlyJson = fc
  .tuple(
    fc.json({ maxDepth: 4 }),
    fc.array(fc.tuple(fc.nat(), fc.nat(2), fc.constantFrom(...'{}[]",:\\/0123456789eE+-.tfnu \n\t\r\0\x7fé\u2028')), { maxLength: 3 }),
  )
  .map(([json, edits]) =>
    edits.reduce((text, [where, removed, added]) => {
      const at = where % (text.length + 1);
      return text.slice(0, at) + added + text.slice(at + removed);
    }, json),
  )
  .filter((text) => text.isWellFormed());

describe('checkJson', () => {
  it('accepts exactly what JSON.parse accepts', () => {
    fc.assert(
      fc.property(fc.oneof(nearlyJson, fc.json(), fc.string({ unit: fc.constantFrom(...'{}[]",:\\u0019aeE+-.tfn \n') })), (text) => {
        expect(check(text, 1_000_000)).toBe(parses(text) ? undefined : 'JSON_INVALID');
      }),
      { numRuns: 5_000 },
    );
  });

  it.each([
    '',
    ' ',
    'nul',
    'nulll',
    'NaN',
    'undefined',
    "'a'",
    '01',
    '-',
    '-01',
    '+1',
    '.5',
    '1.',
    '1e',
    '1e+',
    '0x1',
    '1 2',
    '[1,]',
    '[,1]',
    '[1 2]',
    '{"a":1,}',
    '{a:1}',
    '{"a"}',
    '{"a":}',
    '{"a" 1}',
    '{"a":1 "b":2}',
    '[',
    ']',
    '{',
    '}',
    '"',
    '"\\"',
    '"\\x"',
    '"\\u12g4"',
    '"\\u12',
    '"\n"',
    '"\t"',
    '"\0"',
    '//',
    '/**/1',
    '\u00a01',
    '\v1',
    'tru',
    '[1]]',
    '{"a":1}}',
  ])('refuses %j', (text) => {
    expect(parses(text)).toBe(false);
    expect(check(text)).toBe('JSON_INVALID');
  });

  it.each([
    '0',
    '-0',
    '1e400',
    '1E-7',
    '12345678901234567890',
    '1.10',
    '"\\ud800"',
    '"\\u0000"',
    '"\u2028\x7f"',
    ' \t\r\n{ } ',
    '[ ]',
    '{"":{"":[]}}',
    '{"a":1,"a":2}',
    '"😀"',
  ])('accepts %j', (text) => {
    expect(parses(text)).toBe(true);
    expect(check(text)).toBeUndefined();
  });

  it('counts the outermost container as depth 1', () => {
    expect(check(nested(100))).toBeUndefined();
    expect(check(nested(101))).toBe('JSON_TOO_DEEP');
    expect(check('{"a":'.repeat(101) + '1' + '}'.repeat(101))).toBe('JSON_TOO_DEEP');
    expect(check('[1]', 0)).toBe('JSON_TOO_DEEP');
    expect(check('1', 0)).toBeUndefined();
  });

  it('needs no stack for what it refuses as too deep', () => {
    expect(check('['.repeat(1_000_000))).toBe('JSON_TOO_DEEP');
    expect(check('{"a":'.repeat(200_000))).toBe('JSON_TOO_DEEP');
  });

  it('refuses a byte order mark, UTF-16 and bytes that are not UTF-8', () => {
    expect(check('\ufeff{}')).toBe('JSON_INVALID');
    expect(reasonOf(() => checkJson(Buffer.from('\ufeff{}', 'utf16le')))).toBe('UTF8_INVALID');
    expect(reasonOf(() => checkJson(Buffer.from([0x22, 0xc3, 0x22])))).toBe('UTF8_INVALID');
    expect(reasonOf(() => checkJson(Buffer.from([0x22, 0xed, 0xa0, 0x80, 0x22])))).toBe('UTF8_INVALID'); // a surrogate in UTF-8
  });

  it('throws nothing but ContractViolation on random bytes', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 64 }), (bytes) => void reasonOf(() => checkJson(Buffer.from(bytes)))),
      { numRuns: 2_000 },
    );
  });
});

describe('scanJsonObject', () => {
  it('finds each member by its decoded name, its bytes exactly', () => {
    fc.assert(
      fc.property(
        fc.uniqueArray(fc.tuple(fc.string({ unit: 'binary' }), fc.json()), { selector: ([name]) => name }),
        fc.constantFrom('', ' ', '\n\t'),
        (members, space) => {
          fc.pre(members.every(([name, json]) => name.isWellFormed() && json.isWellFormed()));
          const body = members.map(([name, json]) => `${space}${JSON.stringify(name)}${space}:${space}${json}${space}`).join(',');
          const bytes = Buffer.from(`${space}{${body || space}}${space}`);
          const found = scanJsonObject(bytes, 1_000_000);
          expect([...found].map(([name, { start, end }]) => [name, bytes.toString('utf8', start, end)])).toEqual(
            members.map(([name, json]) => [name, json]),
          );
        },
      ),
    );
  });

  it('tells the kind of every value', () => {
    const bytes = Buffer.from('{"o":{},"a":[],"s":"","n":-1.5e3,"z":0,"t":true,"f":false,"u":null}');
    expect([...scanJsonObject(bytes)].map(([name, { kind }]) => `${name}=${kind}`).join(' ')).toBe(
      'o=object a=array s=string n=number z=number t=boolean f=boolean u=null',
    );
  });

  it('refuses a name that occurs twice on the outermost level, however it is written', () => {
    const scan = (text: string) => reasonOf(() => scanJsonObject(Buffer.from(text)));
    expect(scan('{"type":1,"type":1}')).toBe('JSON_DUPLICATE_MEMBER');
    expect(scan('{"type":1,"t\\u0079pe":1}')).toBe('JSON_DUPLICATE_MEMBER');
    expect(scan('{"a":{"b":1,"b":2}}')).toBeUndefined();
  });

  it('treats __proto__ as a name like any other', () => {
    const found = scanJsonObject(Buffer.from('{"__proto__":{"type":"x"},"constructor":1}'));
    expect([...found.keys()]).toEqual(['__proto__', 'constructor']);
    expect(found.get('type')).toBeUndefined();
  });

  it('accepts exactly the objects that checkJson accepts, at the same depth', () => {
    fc.assert(
      fc.property(nearlyJson, fc.nat(3), (text, depth) => {
        const bytes = Buffer.from(text);
        const expected = reasonOf(() => checkJson(bytes, depth));
        const actual = reasonOf(() => scanJsonObject(bytes, depth));
        if (actual === 'JSON_NOT_OBJECT') expect(text.trimStart()).not.toMatch(/^\{/);
        else if (actual !== 'JSON_DUPLICATE_MEMBER') expect(actual).toBe(expected);
      }),
      { numRuns: 2_000 },
    );
  });

  it.each(['[]', '"{}"', 'null', '1'])('refuses %s as no object', (text) => {
    expect(reasonOf(() => scanJsonObject(Buffer.from(text)))).toBe('JSON_NOT_OBJECT');
  });
});

describe('scanJsonArray', () => {
  const items = (text: string, most = 100) => {
    const bytes = Buffer.from(text);
    return scanJsonArray(bytes, most).map(({ start, end, kind }) => `${kind} ${bytes.toString('utf8', start, end)}`);
  };

  it('finds the items as they are written, without the space around them', () => {
    expect(items('[ 1.10 ,"a,]\\"", [1 , 2],{ "a" : [] },null ]')).toEqual([
      'number 1.10',
      'string "a,]\\""',
      'array [1 , 2]',
      'object { "a" : [] }',
      'null null',
    ]);
    expect(items('[]')).toEqual([]);
    expect(items('[ ]')).toEqual([]);
  });

  it('finds what JSON.parse finds', () => {
    fc.assert(
      fc.property(fc.array(fc.jsonValue()), fc.constantFrom(undefined, 1), (values, space) => {
        const bytes = Buffer.from(JSON.stringify(values, null, space));
        const found = scanJsonArray(bytes, 100).map(({ start, end }) => JSON.parse(bytes.toString('utf8', start, end)) as unknown);
        expect(found).toEqual(JSON.parse(bytes.toString()));
      }),
    );
  });

  it('looks one past the limit and no further', () => {
    expect(items('[1,2,3,4', 2)).toHaveLength(3);
  });

  it('refuses what is no array', () => {
    for (const text of ['{}', '', '1', '[1 2]', '[1,]', '[']) expect(reasonOf(() => items(text))).toBe('JSON_INVALID');
  });
});
