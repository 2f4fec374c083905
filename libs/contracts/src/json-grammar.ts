import { ContractViolation } from './contract-violation.js';

export const QUOTE = 0x22;
export const COMMA = 0x2c;
const MINUS = 0x2d;
const DOT = 0x2e;
const ZERO = 0x30;
const COLON = 0x3a;
export const OPEN_ARRAY = 0x5b;
const BACKSLASH = 0x5c;
export const CLOSE_ARRAY = 0x5d;
export const OPEN_OBJECT = 0x7b;
export const CLOSE_OBJECT = 0x7d;

const TRUE = Buffer.from('true');
const FALSE = Buffer.from('false');
const NULL = Buffer.from('null');

// The grammar of RFC 8259 over bytes. Every `skip…` takes the position of a first byte and returns the position after the last. Reading past the end gives
// `undefined`, which equals no byte, so only loops have to look at the length.

export function skipSpace(bytes: Buffer, from: number): number {
  let at = from;
  while (bytes[at] === 0x20 || bytes[at] === 0x0a || bytes[at] === 0x0d || bytes[at] === 0x09) at++;
  return at;
}

export function skipValue(bytes: Buffer, at: number, depthLeft: number): number {
  switch (bytes[at]) {
    case QUOTE:
      return skipString(bytes, at);
    case OPEN_OBJECT:
      if (depthLeft < 1) throw tooDeep(at);
      return skipObject(bytes, at, depthLeft - 1);
    case OPEN_ARRAY:
      if (depthLeft < 1) throw tooDeep(at);
      return skipArray(bytes, at, depthLeft - 1);
    case 0x74:
      return skipWord(bytes, at, TRUE);
    case 0x66:
      return skipWord(bytes, at, FALSE);
    case 0x6e:
      return skipWord(bytes, at, NULL);
    default:
      return skipNumber(bytes, at);
  }
}

function skipObject(bytes: Buffer, from: number, depthLeft: number): number {
  let at = skipSpace(bytes, from + 1);
  if (bytes[at] === CLOSE_OBJECT) return at + 1;
  for (;;) {
    at = skipColon(bytes, skipString(bytes, at));
    at = skipSpace(bytes, skipValue(bytes, at, depthLeft));
    if (bytes[at] === CLOSE_OBJECT) return at + 1;
    if (bytes[at] !== COMMA) throw invalid(at);
    at = skipSpace(bytes, at + 1);
  }
}

function skipArray(bytes: Buffer, from: number, depthLeft: number): number {
  let at = skipSpace(bytes, from + 1);
  if (bytes[at] === CLOSE_ARRAY) return at + 1;
  for (;;) {
    at = skipSpace(bytes, skipValue(bytes, at, depthLeft));
    if (bytes[at] === CLOSE_ARRAY) return at + 1;
    if (bytes[at] !== COMMA) throw invalid(at);
    at = skipSpace(bytes, at + 1);
  }
}

export function skipColon(bytes: Buffer, from: number): number {
  const at = skipSpace(bytes, from);
  if (bytes[at] !== COLON) throw invalid(at);
  return skipSpace(bytes, at + 1);
}

export function skipString(bytes: Buffer, from: number): number {
  if (bytes[from] !== QUOTE) throw invalid(from);
  const { length } = bytes;
  for (let at = from + 1; at < length; at++) {
    const byte = bytes[at]!;
    if (byte === QUOTE) return at + 1;
    if (byte < 0x20) throw invalid(at);
    if (byte === BACKSLASH) at = lastOfEscape(bytes, at + 1);
  }
  throw invalid(length);
}

function lastOfEscape(bytes: Buffer, at: number): number {
  switch (bytes[at]) {
    case QUOTE:
    case BACKSLASH:
    case 0x2f: // slash
    case 0x62: // b
    case 0x66: // f
    case 0x6e: // n
    case 0x72: // r
    case 0x74: // t
      return at;
    case 0x75: // u
      for (let digit = at + 1; digit <= at + 4; digit++) if (!isHex(bytes[digit])) throw invalid(digit);
      return at + 4;
    default:
      throw invalid(at);
  }
}

function skipNumber(bytes: Buffer, from: number): number {
  let at = bytes[from] === MINUS ? from + 1 : from;
  at = bytes[at] === ZERO ? at + 1 : skipDigits(bytes, at);
  if (bytes[at] === DOT) at = skipDigits(bytes, at + 1);
  if (bytes[at] === 0x65 || bytes[at] === 0x45) {
    const sign = bytes[at + 1];
    at = skipDigits(bytes, sign === MINUS || sign === 0x2b ? at + 2 : at + 1);
  }
  return at;
}

function skipDigits(bytes: Buffer, from: number): number {
  let at = from;
  while (isDigit(bytes[at])) at++;
  if (at === from) throw invalid(at);
  return at;
}

function skipWord(bytes: Buffer, from: number, word: Buffer): number {
  for (let i = 1; i < word.length; i++) if (bytes[from + i] !== word[i]) throw invalid(from + i);
  return from + word.length;
}

function isDigit(byte: number | undefined): boolean {
  return byte !== undefined && byte >= ZERO && byte <= 0x39;
}

function isHex(byte: number | undefined): boolean {
  return isDigit(byte) || (byte !== undefined && (byte | 0x20) >= 0x61 && (byte | 0x20) <= 0x66);
}

export function invalid(at: number): ContractViolation {
  return new ContractViolation('JSON_INVALID', `not JSON at byte ${at}`);
}

export function tooDeep(at: number): ContractViolation {
  return new ContractViolation('JSON_TOO_DEEP', `nested too deep at byte ${at}`);
}
