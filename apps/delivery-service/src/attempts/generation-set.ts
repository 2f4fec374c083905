import { hash } from 'node:crypto';
import { aFingerprint, FingerprintTable, type Fingerprint } from '#libs/kernel';

export interface GenerationLimits {
  readonly rememberMs: number;
  readonly generationSize: number;
  readonly generations: number;
}

/** A set that forgets: whole generations at a time, once they are old enough or too many. */
export class GenerationSet {
  /** The newest first; never empty. */
  private generations: { readonly since: number; readonly keys: FingerprintTable }[];

  constructor(
    private readonly limits: GenerationLimits,
    now: number,
  ) {
    this.generations = [{ since: now, keys: new FingerprintTable() }];
  }

  /** @param key what `recordKey` makes */
  has(key: string): boolean {
    fingerprint(key, scratch);
    return this.generations.some(({ keys }) => keys.has(scratch));
  }

  /** @param now milliseconds since the epoch */
  add(key: string, now: number): void {
    const { rememberMs, generationSize, generations } = this.limits;
    const [newest] = this.generations;
    if (now - newest!.since >= rememberMs || newest!.keys.size >= generationSize) {
      // A generation ended when the one before it in this list began.
      const kept = this.generations.filter((_generation, i) => i === 0 || now - this.generations[i - 1]!.since < rememberMs);
      this.generations = [{ since: now, keys: new FingerprintTable() }, ...kept.slice(0, generations - 1)];
    }
    fingerprint(key, scratch);
    this.generations[0]!.keys.add(scratch);
  }
}

const scratch = aFingerprint();
const TAIL_CHARS = 16;
const VALUES = new Int8Array(128).fill(-1);
[...'0123456789abcdefghjkmnpqrstvwxyz'].forEach((char, value) => (VALUES[char.charCodeAt(0)] = value));

/** The 80 bits of the tail, 16 of the attempt and 32 of the wait: the whole key. A tail that is no id's is hashed. */
function fingerprint(key: string, into: Fingerprint): void {
  const [, attempt = '', wait = ''] = key.length > TAIL_CHARS && key[TAIL_CHARS] === '.' ? key.slice(TAIL_CHARS).split('.') : [];
  if (!bitsOf(key, into) || !(Number(attempt) < 0x10000 && Number(wait) < 2 ** 32)) {
    const digest = hash('sha256', key, 'buffer');
    for (let i = 0; i < into.length; i++) into[i] = digest.readUInt32LE(4 * i);
    return;
  }
  into[2] = into[2]! | Number(attempt);
  into[3] = Number(wait);
}

/** Puts 16 characters of base 32 into the upper 80 bits; false when they are something else. */
function bitsOf(text: string, into: Fingerprint): boolean {
  if (text[TAIL_CHARS] !== '.') return false;
  into.fill(0);
  for (let i = 0; i < TAIL_CHARS; i++) {
    const value = VALUES[text.charCodeAt(i)] ?? -1;
    if (value < 0) return false;
    const bit = 5 * i;
    const word = bit >>> 5;
    const left = 27 - (bit & 31);
    if (left >= 0) into[word] = into[word]! | (value << left);
    else {
      into[word] = into[word]! | (value >>> -left);
      into[word + 1] = into[word + 1]! | (value << (32 + left));
    }
  }
  return true;
}
