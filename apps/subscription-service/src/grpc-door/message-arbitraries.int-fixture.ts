import fc from 'fast-check';
import { type Field, type MessageType, nested, type ProtoJson } from './proto-json.int-fixture.js';

const MAX_DEPTH = 3;
const TEXTS = [
  '',
  'a',
  ' ',
  '*',
  '\u0000',
  '\ufffd',
  '__proto__',
  'constructor',
  'x'.repeat(5_000),
  'order_created',
  'orders:*',
  'orders',
  'http://127.0.0.1:8080/',
  'default',
  '"1"',
  '{}',
  '{"type":"object"}',
  '{"__proto__":1}',
  '[1.10]',
  'true',
  'data.a == 1',
  '5s',
];
const BYTES = ['', '{}', '{"a":1}', '[', 'null', '\xff', '"x"', '1e999', '['.repeat(200) + ']'.repeat(200)];
const INTEGERS = [0, 1, -1, 50, 100, 404, 1000, 2 ** 31 - 1, -(2 ** 31)];
const LONGS = [...INTEGERS, Number.MAX_SAFE_INTEGER, Number.MIN_SAFE_INTEGER, 253_402_300_799];
const DOUBLES = [0, -0, 0.5, 1e308, Number.NaN, Number.POSITIVE_INFINITY, -1];

/** Messages of a type with some of their fields, each holding anything of its kind. @param texts more texts to try, such as known ids */
export function anyMessage(json: ProtoJson, type: MessageType, texts: readonly string[], depth = 0): fc.Arbitrary<object> {
  const fields = type.field.filter((field) => depth < MAX_DEPTH || field.type !== 'TYPE_MESSAGE');
  const shapes = fields.map((field) => [field.name, fc.option(anyField(json, type, field, texts, depth), { nil: undefined, freq: 3 })]);
  return fc.record(Object.fromEntries(shapes) as Record<string, fc.Arbitrary<unknown>>);
}

/** Bytes that are well formed as protobuf, whatever the type. */
export const anyWire: fc.Arbitrary<Buffer> = fc
  .array(
    fc.tuple(fc.integer({ min: 1, max: 40 }), fc.constantFrom(0, 1, 2, 5), fc.uint8Array({ maxLength: 40 })).map(([field, kind, bytes]) => {
      const fixed = Buffer.alloc(8);
      fixed.set(bytes.subarray(0, 8));
      const payload = { 0: Buffer.from([bytes[0] ?? 0]), 1: fixed, 2: Buffer.from([bytes.length, ...bytes]), 5: fixed.subarray(0, 4) }[
        kind
      ];
      if (kind === 0) payload[0] = payload[0]! & 0x7f;
      const tag = (field << 3) | kind;
      return Buffer.concat([Buffer.from(tag < 0x80 ? [tag] : [(tag & 0x7f) | 0x80, tag >>> 7]), payload]);
    }),
    { maxLength: 12 },
  )
  .map((fields) => Buffer.concat(fields));

function anyField(json: ProtoJson, parent: MessageType, field: Field, texts: readonly string[], depth: number): fc.Arbitrary<unknown> {
  const entry = nested(parent, field);
  const one = entry ? anyMessage(json, entry, texts, depth) : anyValue(json, field, texts, depth);
  return field.label === 'LABEL_REPEATED' ? fc.array(one, { maxLength: 4 }) : one;
}

function anyValue(json: ProtoJson, field: Field, texts: readonly string[], depth: number): fc.Arbitrary<unknown> {
  switch (field.type) {
    case 'TYPE_MESSAGE':
      return anyMessage(json, json.typeOf(field), texts, depth + 1);
    case 'TYPE_STRING':
      return fc.oneof(
        { weight: 4, arbitrary: fc.constantFrom(...TEXTS, ...texts) },
        { weight: 1, arbitrary: fc.string({ unit: 'grapheme' }) },
      );
    case 'TYPE_BYTES':
      return fc.constantFrom(...BYTES).map((text) => Buffer.from(text, 'latin1'));
    case 'TYPE_BOOL':
      return fc.boolean();
    case 'TYPE_ENUM':
      return fc.constantFrom(0, 1, 2, 3, 99, -1);
    case 'TYPE_DOUBLE':
      return fc.constantFrom(...DOUBLES);
    case 'TYPE_INT64':
      return fc.constantFrom(...LONGS);
    default:
      return fc.constantFrom(...INTEGERS);
  }
}
