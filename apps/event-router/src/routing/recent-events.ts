import { hash } from 'node:crypto';
import { aFingerprint, FingerprintTable, type Fingerprint } from '#libs/kernel';

/** Where a record lies, and when it was published in milliseconds since the epoch. */
export interface Position {
  readonly topic: string;
  readonly partition: number;
  /** Decimal. */
  readonly offset: string;
  readonly timestamp: number;
}

export interface RecentEventsOptions {
  /** An event published again within so many milliseconds is a repeat. */
  readonly windowMs: number;
  /** Most events remembered; past it the oldest are forgotten early. About 50 bytes each, taken only when used. */
  readonly maxEvents: number;
}

// What fills a table just before it would double; small enough for one that grows to it to be copied in a few milliseconds.
const GENERATION_EVENTS = 98_304;

/**
 * The events published lately, by source and id, so that a copy gives no second delivery.
 *
 * What is remembered is the position of the first copy: the same record read again, after a rebalance or because
 * publishing what it caused failed, is not a repeat and must go through. The window is one of publishing, not of reading,
 * since after an hour of standstill two events an hour apart are read within one second. Forgetting goes by reading: events
 * are kept in generations, and one whose last event is a whole window old, or that is one too many, is dropped at once.
 */
export class RecentEvents {
  /** The newest last; never empty. */
  private readonly generations: Generation[];
  private readonly lanes = new Map<string, number>();
  private readonly key = aFingerprint();
  private readonly capacity: number;
  private readonly maxGenerations: number;

  constructor(
    private readonly options: RecentEventsOptions,
    now: number,
  ) {
    this.capacity = Math.max(1, Math.min(GENERATION_EVENTS, Math.ceil(options.maxEvents / 2)));
    this.maxGenerations = Math.max(1, Math.floor(options.maxEvents / this.capacity));
    this.generations = [new Generation(this.capacity, now)];
  }

  get size(): number {
    return this.generations.reduce((sum, generation) => sum + generation.size, 0);
  }

  /**
   * Whether the event was published before, within the window, as another record; if not, remembers it. A fingerprint
   * stands for source and id, which may be over a kilobyte; it is long enough for no two events ever to share one.
   */
  isRepeat(event: { readonly source: string; readonly id: string }, record: Position, now: number): boolean {
    const digest = hash('sha256', `${event.source}\0${event.id}`, 'buffer');
    const { key } = this;
    for (let i = 0; i < key.length; i++) key[i] = digest.readUInt32LE(4 * i);
    const lane = this.laneOf(record);
    const offset = Number(record.offset);
    const known = this.find(key);
    if (known && known.lane === lane && known.offset === offset) return false;
    if (known && Math.abs(record.timestamp - known.timestamp) <= this.options.windowMs) return true;
    this.newest(now).put(key, lane, offset, record.timestamp);
    return false;
  }

  private find(key: Fingerprint): Entry | undefined {
    for (let i = this.generations.length - 1; i >= 0; i--) {
      const found = this.generations[i]!.find(key);
      if (found) return found;
    }
    return undefined;
  }

  /** The generation that takes the next event; a new one when the last is full or a whole window old. */
  private newest(now: number): Generation {
    const { generations } = this;
    const last = generations.at(-1)!;
    if (last.size < this.capacity && now - last.since < this.options.windowMs) return last;
    const next = new Generation(this.capacity, now);
    generations.push(next);
    // The second one began when the first one ended.
    while (generations.length > this.maxGenerations || (generations.length > 1 && now - generations[1]!.since >= this.options.windowMs))
      generations.shift();
    return next;
  }

  /** A small number for a partition; there are as many as partitions ever read here. */
  private laneOf({ topic, partition }: Position): number {
    const name = `${topic}/${partition}`;
    let lane = this.lanes.get(name);
    if (lane === undefined) this.lanes.set(name, (lane = this.lanes.size));
    return lane;
  }
}

interface Entry {
  readonly lane: number;
  readonly offset: number;
  readonly timestamp: number;
}

/** Columns instead of an object per event: a million of those would be the largest thing in the process. */
class Generation {
  private readonly slots = new FingerprintTable(true);
  private readonly lanes: Uint32Array;
  private readonly offsets: Float64Array;
  private readonly timestamps: Float64Array;

  constructor(
    capacity: number,
    readonly since: number,
  ) {
    this.lanes = new Uint32Array(capacity);
    this.offsets = new Float64Array(capacity);
    this.timestamps = new Float64Array(capacity);
  }

  get size(): number {
    return this.slots.size;
  }

  find(key: Fingerprint): Entry | undefined {
    const slot = this.slots.find(key);
    return slot < 0 ? undefined : { lane: this.lanes[slot]!, offset: this.offsets[slot]!, timestamp: this.timestamps[slot]! };
  }

  put(key: Fingerprint, lane: number, offset: number, timestamp: number): void {
    this.slots.add(key);
    const slot = this.slots.find(key);
    this.lanes[slot] = lane;
    this.offsets[slot] = offset;
    this.timestamps[slot] = timestamp;
  }
}
