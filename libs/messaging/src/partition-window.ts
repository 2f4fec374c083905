interface Entry {
  readonly offset: number;
  readonly bytes: number;
  finished: boolean;
}

const COMPACT_AT = 1_024;

/**
 * Which records of one partition are unfinished, and hence how far it may be committed: `watermark` is the lowest
 * unfinished offset, or where the next fetch begins when all is finished. Records finish in any order. Offsets may have
 * gaps (compaction, transaction markers). Pure: no clock, no I/O.
 * Offsets are numbers here: 2^53 records of one partition are more than a broker can hold.
 */
export class PartitionWindow {
  #entries: Entry[] = [];
  #head = 0;
  #byOffset = new Map<number, Entry>();
  #bytes = 0;

  /** @param position the offset at which reading begins */
  constructor(private position: number) {}

  /** The offset at which reading goes on; everything below it has been admitted or does not exist. */
  get next(): number {
    return this.position;
  }

  get watermark(): number {
    return this.#entries[this.#head]?.offset ?? this.position;
  }

  /** How many records are unfinished. */
  get records(): number {
    return this.#byOffset.size;
  }

  /** What the unfinished records take. */
  get bytes(): number {
    return this.#bytes;
  }

  /** Takes a record in. False when it was taken in before: a fetch after a rebalance repeats what was not committed. */
  admit(offset: number, bytes: number): boolean {
    if (offset < this.position) return false;
    const entry = { offset, bytes, finished: false };
    this.#entries.push(entry);
    this.#byOffset.set(offset, entry);
    this.#bytes += bytes;
    this.position = offset + 1;
    return true;
  }

  /** Moves past offsets that hold no record for us. */
  skipTo(next: number): void {
    if (next > this.position) this.position = next;
  }

  /** @throws Error when the offset is not unfinished: finishing twice would mean that something is counted twice */
  finish(offset: number): void {
    const entry = this.#byOffset.get(offset);
    if (!entry) throw new Error(`offset ${offset} is not unfinished`);
    entry.finished = true;
    this.#byOffset.delete(offset);
    this.#bytes -= entry.bytes;
    while (this.#entries[this.#head]?.finished) this.#head++;
    if (this.#head >= COMPACT_AT || this.#head === this.#entries.length) {
      this.#entries.splice(0, this.#head);
      this.#head = 0;
    }
  }
}
