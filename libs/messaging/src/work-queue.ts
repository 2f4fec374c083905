import type { ReceivedRecord } from '#libs/contracts';

/** What of one partition may be unfinished. */
export interface WindowLimits {
  readonly records: number;
  /** Of keys, values and header values. */
  readonly bytes: number;
  /**
   * From the lowest unfinished offset to the end of what was fetched. All of that is done again after a crash, while one
   * slow record may not hold up the others before its own deadline: hence much larger than `records`, and bounded.
   */
  readonly span: number;
}

/** One record on its way through its handler. */
export interface Task {
  readonly record: ReceivedRecord;
  readonly offset: number;
  readonly bytes: number;
  /** Why the batch for which this record stands could not be decoded; undefined for a record. */
  readonly undecodable?: unknown;
  failures: number;
}

const MAX_TIMER_MS = 2_147_483_647;

/**
 * What waits to be handed to the handler: new records, in their order and as many at once as the window has room for,
 * and records to be tried again, each alone once its time has come.
 */
export class WorkQueue {
  #fresh: Task[] = [];
  #again: Task[] = [];
  #timers = new Set<NodeJS.Timeout>();
  #begun = 0;
  #begunBytes = 0;

  constructor(
    private readonly limits: WindowLimits,
    /** A record's time has come. */
    private readonly due: () => void,
  ) {}

  add(task: Task): void {
    this.#fresh.push(task);
  }

  again(task: Task): void {
    this.#again.push(task);
  }

  againIn(task: Task, delayMs: number): void {
    const timer = setTimeout(
      () => {
        this.#timers.delete(timer);
        this.#again.push(task);
        this.due();
      },
      Math.min(Math.max(0, delayMs), MAX_TIMER_MS),
    );
    this.#timers.add(timer);
  }

  /** The records of the next call of the handler; none when there is nothing or no room. */
  next(): Task[] {
    const again = this.#again.shift();
    if (again) return [again];
    const room = this.limits.records - this.#begun;
    // At least a quarter of the window at once (or all there is), so that a busy partition is not handled record by record.
    if (this.#fresh.length === 0 || room < Math.min(this.#fresh.length, this.limits.records / 4)) return [];
    let count = 0;
    for (const { bytes } of this.#fresh) {
      const fits = count < room && this.#begunBytes + bytes <= this.limits.bytes;
      // One record larger than the whole window must pass too, alone.
      if (!fits && this.#begun > 0) break;
      this.#begun++;
      this.#begunBytes += bytes;
      count++;
    }
    return this.#fresh.splice(0, count);
  }

  finished(task: Task): void {
    this.#begun--;
    this.#begunBytes -= task.bytes;
  }

  clear(): void {
    for (const timer of this.#timers) clearTimeout(timer);
    this.#timers.clear();
    this.#fresh = [];
    this.#again = [];
  }
}
