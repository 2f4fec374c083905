import { setTimeout as sleep } from 'node:timers/promises';
import { AppError } from '#libs/kernel';
import type { LogFunction } from '#libs/messaging';

interface Kept {
  readonly key: string;
  readonly work: () => Promise<unknown>;
  /** Called when it is done, or will have to be tried again. */
  readonly settled: (error?: Error) => void;
}

const AT_ONCE = 3;
const MAX_KEPT = 10_000;
const AGAIN_MS = 1000;

/**
 * Work on the database that is kept until it is done, in memory and in the order it came; asked for twice before it has
 * begun, it is done once. Bounded: past that, who asks is told to come again.
 */
export class KeptWork {
  private readonly kept = new Map<string, Kept>();
  private readonly underWay = new Set<string>();
  private readonly stopping = new AbortController();
  private resting = false;

  constructor(private readonly log: LogFunction) {}

  get size(): number {
    return this.kept.size + this.underWay.size;
  }

  /**
   * @param work may be repeated
   * @returns resolves when it is done, or was tried in vain and is kept
   * @throws AppError `DATABASE_UNAVAILABLE` when too much is kept already or this process stops, or what the work throws for good
   */
  do(key: string, work: () => Promise<unknown>): Promise<void> {
    if (this.stopping.signal.aborted || (this.kept.size >= MAX_KEPT && !this.kept.has(key))) return Promise.reject(refusal());
    return new Promise((resolve, reject) => {
      const before = this.kept.get(key);
      const settled = (error?: Error): void => {
        before?.settled(error);
        if (error === undefined) resolve();
        else reject(error);
      };
      this.kept.set(key, { key, work, settled });
      this.next();
    });
  }

  /** What has not begun is refused, so that whoever asked leaves it to the next process. */
  stop(): void {
    this.stopping.abort();
    for (const { settled } of this.kept.values()) settled(refusal());
    this.kept.clear();
  }

  private next(): void {
    if (this.resting || this.stopping.signal.aborted) return;
    for (const kept of this.kept.values()) {
      if (this.underWay.size >= AT_ONCE) return;
      if (this.underWay.has(kept.key)) continue;
      this.kept.delete(kept.key);
      this.underWay.add(kept.key);
      void this.attempt(kept);
    }
  }

  private async attempt(kept: Kept): Promise<void> {
    try {
      await kept.work();
      kept.settled();
    } catch (error) {
      if (error instanceof AppError && error.retryable) this.keep(kept, error);
      else {
        this.log('error', 'due.work-failed', { work: kept.key, error });
        kept.settled(error as Error);
      }
    }
    this.underWay.delete(kept.key);
    this.next();
  }

  private keep(kept: Kept, error: AppError): void {
    if (this.stopping.signal.aborted) return kept.settled(error);
    kept.settled();
    // What was asked for the same meanwhile takes its place.
    if (!this.kept.has(kept.key)) this.kept.set(kept.key, { ...kept, settled: () => undefined });
    if (this.resting) return;
    this.resting = true;
    void sleep(AGAIN_MS, undefined, { signal: this.stopping.signal })
      .catch(() => undefined)
      .then(() => {
        this.resting = false;
        this.next();
      });
  }
}

function refusal(): AppError {
  return new AppError('DATABASE_UNAVAILABLE', 'no more work for the due table is taken', { retryAfterSeconds: 5 });
}
