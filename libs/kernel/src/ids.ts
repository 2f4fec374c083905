import { randomFillSync } from 'node:crypto';

// Crockford's base 32 in lower case: no i, l, o, u, and its order is the order of the bytes.
const ALPHABET = '0123456789abcdefghjkmnpqrstvwxyz';
const TIME_CHARS = 10;
const TAIL_BYTES = 10;

export type IdPrefix = 'acc' | 'key' | 'wh' | 'evt' | 'dlv' | 'att' | 'whe' | 'aud' | 'rdl' | 'pts' | 'dl' | 'ntf';

let lastTime = -1;
const lastTail = new Uint8Array(TAIL_BYTES);

/**
 * A new id, `<prefix>_<10 characters of time><16 of randomness>`; ids made by one process sort in the order they were made.
 * @param now milliseconds since the Unix epoch
 */
export function newId(prefix: IdPrefix, now: number = Date.now()): string {
  if (now > lastTime) {
    lastTime = now;
    randomFillSync(lastTail);
    lastTail[0]! &= 0x7f; // leaves room to count upwards within one millisecond
  } else {
    for (let i = TAIL_BYTES - 1; i >= 0; i--) {
      lastTail[i] = (lastTail[i]! + 1) & 0xff;
      if (lastTail[i] !== 0) break;
    }
  }
  return composeId(prefix, lastTime, lastTail);
}

/**
 * An id of which the tail is given: equal inputs give equal ids.
 * @param time milliseconds since the Unix epoch, the part that sorts; negative times count as 0
 * @param tail at least 10 bytes, of which the first 10 are used
 */
export function composeId(prefix: IdPrefix, time: number, tail: Uint8Array): string {
  let head = '';
  let rest = Math.min(Math.max(0, Math.floor(time)), 2 ** 48 - 1);
  for (let i = 0; i < TIME_CHARS; i++) {
    head = ALPHABET[rest % 32]! + head;
    rest = Math.floor(rest / 32);
  }
  let text = `${prefix}_${head}`;
  for (let i = 0; i < TAIL_BYTES; i += 5) {
    const [a, b, c, d, e] = [tail[i]!, tail[i + 1]!, tail[i + 2]!, tail[i + 3]!, tail[i + 4]!];
    text +=
      ALPHABET[a >> 3]! +
      ALPHABET[((a & 7) << 2) | (b >> 6)]! +
      ALPHABET[(b >> 1) & 31]! +
      ALPHABET[((b & 1) << 4) | (c >> 4)]! +
      ALPHABET[((c & 15) << 1) | (d >> 7)]! +
      ALPHABET[(d >> 2) & 31]! +
      ALPHABET[((d & 3) << 3) | (e >> 5)]! +
      ALPHABET[e & 31]!;
  }
  return text;
}

/** The part of an id that does not depend on time. */
export function idTail(id: string): string {
  return id.slice(id.indexOf('_') + 1 + TIME_CHARS);
}

/** Whether a text has the form of an id with this prefix. */
export function isId(prefix: IdPrefix, text: string): boolean {
  return (
    text.length === prefix.length + 27 && text.startsWith(`${prefix}_`) && /^[0-9a-hjkmnp-tv-z]{26}$/.test(text.slice(prefix.length + 1))
  );
}
