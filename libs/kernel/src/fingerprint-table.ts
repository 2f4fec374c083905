const WORDS = 4;
const FIRST_SLOTS = 1024;
/** Entries to slots; past it the table doubles. */
const MOST_FILLED = 0.75;

/** 128 bits, as four unsigned numbers of 32. */
export type Fingerprint = Uint32Array;

export function aFingerprint(): Fingerprint {
  return new Uint32Array(WORDS);
}

/**
 * A set of fingerprints that numbers its members 0, 1, 2, … in the order they came. 21 to 43 bytes each and nothing for
 * the garbage collector to walk through, where a `Set` of texts takes a hundred. Nothing is taken out; it is dropped whole.
 */
export class FingerprintTable {
  #keys = new Uint32Array(FIRST_SLOTS * WORDS);
  /** Number of the member in a slot, plus one; 0 is an empty slot. */
  #numbers: Uint32Array | undefined;
  #size = 0;

  /** @param numbered whether `find` and `put` tell the members' numbers, for four more bytes a slot */
  constructor(numbered = false) {
    if (numbered) this.#numbers = new Uint32Array(FIRST_SLOTS);
  }

  get size(): number {
    return this.#size;
  }

  has(key: Fingerprint): boolean {
    return !this.#isEmpty(this.#slotOf(key));
  }

  /** The number of a member, -1 when it is none. Only in a numbered table. */
  find(key: Fingerprint): number {
    return this.#numbers![this.#slotOf(key)]! - 1;
  }

  /** Takes it in unless it is a member. */
  add(key: Fingerprint): void {
    if (this.#size >= this.#slots * MOST_FILLED) this.#grow();
    const slot = this.#slotOf(key);
    if (!this.#isEmpty(slot)) return;
    this.#keys.set(key, slot * WORDS);
    // No key is all zeros in the table, where that is an empty slot.
    if (this.#isEmpty(slot)) this.#keys[slot * WORDS] = 1;
    this.#size++;
    if (this.#numbers) this.#numbers[slot] = this.#size;
  }

  get #slots(): number {
    return this.#keys.length / WORDS;
  }

  /** Where a key is, or the empty slot where it would be. */
  #slotOf(key: Fingerprint): number {
    const keys = this.#keys;
    const mask = this.#slots - 1;
    const [a, b, c, d] = key as unknown as [number, number, number, number];
    const first = a === 0 && b === 0 && c === 0 && d === 0 ? 1 : a;
    // Most of a fingerprint is random; multiplied, so that a run of equal low bits does no harm.
    let slot = (Math.imul(first ^ b, 0x9e3779b1) ^ Math.imul(c ^ d, 0x85ebca6b)) >>> 0;
    for (slot = (slot ^ (slot >>> 15)) & mask; ; slot = (slot + 1) & mask) {
      const at = slot * WORDS;
      if (keys[at] === first && keys[at + 1] === b && keys[at + 2] === c && keys[at + 3] === d) return slot;
      if (this.#isEmpty(slot)) return slot;
    }
  }

  #isEmpty(slot: number): boolean {
    const at = slot * WORDS;
    const keys = this.#keys;
    return keys[at] === 0 && keys[at + 1] === 0 && keys[at + 2] === 0 && keys[at + 3] === 0;
  }

  #grow(): void {
    const [keys, numbers] = [this.#keys, this.#numbers];
    const slots = 2 * this.#slots;
    this.#keys = new Uint32Array(slots * WORDS);
    if (numbers) this.#numbers = new Uint32Array(slots);
    for (let at = 0; at < keys.length; at += WORDS) {
      const key = keys.subarray(at, at + WORDS);
      if (key[0] === 0 && key[1] === 0 && key[2] === 0 && key[3] === 0) continue;
      const slot = this.#slotOf(key);
      this.#keys.set(key, slot * WORDS);
      if (numbers) this.#numbers![slot] = numbers[at / WORDS]!;
    }
  }
}
