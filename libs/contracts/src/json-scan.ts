import { isUtf8 } from 'node:buffer';
import { ContractViolation } from './contract-violation.js';
import {
  CLOSE_ARRAY,
  CLOSE_OBJECT,
  COMMA,
  invalid,
  OPEN_ARRAY,
  OPEN_OBJECT,
  QUOTE,
  skipColon,
  skipSpace,
  skipString,
  skipValue,
  tooDeep,
} from './json-grammar.js';

/** Deepest nesting of arrays and objects that the contract accepts; the outermost one counts as 1. */
export const MAX_JSON_DEPTH = 100;

export type JsonKind = 'object' | 'array' | 'string' | 'number' | 'boolean' | 'null';

/** Where the value of a member lies in the bytes: from `start` up to and without `end`, no space around it. */
export interface JsonMember {
  readonly start: number;
  readonly end: number;
  readonly kind: JsonKind;
}

/**
 * Checks that bytes are one JSON text by RFC 8259, in UTF-8, without building its values: what `JSON.parse` accepts
 * passes. A byte order mark is refused. Escapes of lone surrogates (`\ud800`) pass: they are valid JSON, and the bytes
 * travel on as they are.
 * @throws ContractViolation `UTF8_INVALID`, `JSON_INVALID` or `JSON_TOO_DEEP`
 */
export function checkJson(bytes: Buffer, maxDepth = MAX_JSON_DEPTH): void {
  requireUtf8(bytes);
  const end = skipSpace(bytes, skipValue(bytes, skipSpace(bytes, 0), maxDepth));
  if (end !== bytes.length) throw invalid(end);
}

/**
 * Checks bytes as `checkJson` does and finds the members of the object that they must hold, by their decoded names.
 * Names are compared on the outermost level only: nested objects are somebody's data and pass as they are.
 * @throws ContractViolation what `checkJson` throws, `JSON_NOT_OBJECT` or `JSON_DUPLICATE_MEMBER`
 */
export function scanJsonObject(bytes: Buffer, maxDepth = MAX_JSON_DEPTH): Map<string, JsonMember> {
  requireUtf8(bytes);
  const members = new Map<string, JsonMember>();
  let at = skipSpace(bytes, 0);
  if (bytes[at] !== OPEN_OBJECT) {
    checkJson(bytes, maxDepth); // what is no JSON at all is called that
    throw new ContractViolation('JSON_NOT_OBJECT', 'the JSON text is not an object');
  }
  if (maxDepth < 1) throw tooDeep(at);
  at = skipSpace(bytes, at + 1);
  if (bytes[at] === CLOSE_OBJECT) at++;
  else {
    for (;;) {
      const nameEnd = skipString(bytes, at);
      const name = decodeString(bytes, at, nameEnd);
      const start = skipColon(bytes, nameEnd);
      const end = skipValue(bytes, start, maxDepth - 1);
      if (members.has(name)) throw new ContractViolation('JSON_DUPLICATE_MEMBER', `a member occurs twice, again at byte ${at}`);
      members.set(name, { start, end, kind: kindOf(bytes[start]!) });
      at = skipSpace(bytes, end);
      if (bytes[at] === CLOSE_OBJECT) break;
      if (bytes[at] !== COMMA) throw invalid(at);
      at = skipSpace(bytes, at + 1);
    }
    at++;
  }
  at = skipSpace(bytes, at);
  if (at !== bytes.length) throw invalid(at);
  return members;
}

/**
 * Finds the items of the array that bytes must hold, with nothing around it. They are known to be JSON in UTF-8: a part of what was scanned before.
 * @param most looks no further than one past so many items
 * @throws ContractViolation `JSON_INVALID` when the bytes are no array
 */
export function scanJsonArray(bytes: Buffer, most: number, maxDepth = MAX_JSON_DEPTH): JsonMember[] {
  if (bytes[0] !== OPEN_ARRAY) throw invalid(0);
  const items: JsonMember[] = [];
  let start = skipSpace(bytes, 1);
  if (bytes[start] === CLOSE_ARRAY) return items;
  for (;;) {
    const end = skipValue(bytes, start, maxDepth - 1);
    items.push({ start, end, kind: kindOf(bytes[start]!) });
    if (items.length > most) return items;
    const after = skipSpace(bytes, end);
    if (bytes[after] === CLOSE_ARRAY) return items;
    if (bytes[after] !== COMMA) throw invalid(after);
    start = skipSpace(bytes, after + 1);
  }
}

/** The text of a JSON string that was scanned before, quotes included in the range. */
function decodeString(bytes: Buffer, start: number, end: number): string {
  const inner = bytes.toString('utf8', start + 1, end - 1);
  return inner.includes('\\') ? (JSON.parse(`"${inner}"`) as string) : inner;
}

function kindOf(first: number): JsonKind {
  switch (first) {
    case OPEN_OBJECT:
      return 'object';
    case OPEN_ARRAY:
      return 'array';
    case QUOTE:
      return 'string';
    case 0x74:
    case 0x66:
      return 'boolean';
    case 0x6e:
      return 'null';
    default:
      return 'number';
  }
}

function requireUtf8(bytes: Buffer): void {
  if (!isUtf8(bytes)) throw new ContractViolation('UTF8_INVALID', 'the bytes are not UTF-8');
}
