import type { Clock } from '#libs/kernel';
import type { LogFunction } from '#libs/messaging';
import type { DueHandler } from './due-handler.js';
import type { DueTable } from './due-table.pg-store.js';

/** An empty look costs the database some microseconds of an index; others may store rows at any time. */
const LONGEST_SLEEP_MS = 1000;
/** Gathers what becomes due one by one. */
const SHORTEST_SLEEP_MS = 50;
/** While there is more than may go now. */
const BUSY_SLEEP_MS = 50;
const FAILED_SLEEP_MS = 1000;
const EXPIRE_EVERY_MS = 1000;

/** One per instance: hands out what is due, sleeps until the next is, and never longer than a second. */
export class DueLoop {
  private running: Promise<void> | undefined;
  private stopping = false;
  private wake: (() => void) | undefined;
  private wakeAt = Number.POSITIVE_INFINITY;
  private expiredAt = Number.NEGATIVE_INFINITY;
  private failures = 0;

  constructor(
    private readonly handler: DueHandler,
    private readonly table: DueTable,
    private readonly clock: Clock,
    private readonly log: LogFunction,
  ) {}

  start(): void {
    this.running ??= this.run();
  }

  /** Ends after what is just being handed out. */
  async stop(): Promise<void> {
    this.stopping = true;
    this.wake?.();
    await this.running;
  }

  /** A row was stored that is due at a time, in milliseconds since the epoch: no sleep goes past it. */
  expect(at: number): void {
    if (at >= this.wakeAt) return;
    this.wakeAt = at;
    this.wake?.();
  }

  private async run(): Promise<void> {
    while (!this.stopping) await this.sleep(await this.turn());
  }

  /** @returns milliseconds until the next turn */
  private async turn(): Promise<number> {
    try {
      const more = await this.handler.handOut();
      if (this.clock.now() - this.expiredAt >= EXPIRE_EVERY_MS) {
        await this.handler.expire();
        this.expiredAt = this.clock.now();
      }
      this.failures = 0;
      if (more) return BUSY_SLEEP_MS;
      const next = (await this.table.nextInMs()) ?? LONGEST_SLEEP_MS;
      return Math.min(LONGEST_SLEEP_MS, Math.max(SHORTEST_SLEEP_MS, next));
    } catch (error) {
      // An outage is told by the part that waits for it; here once, not every second.
      if (this.failures++ === 0) this.log('warn', 'due.loop-failed', { error });
      return FAILED_SLEEP_MS;
    }
  }

  private sleep(ms: number): Promise<void> {
    // What was stored during the turn may not have been seen by it.
    this.wakeAt = Math.min(this.wakeAt, this.clock.now() + ms);
    return new Promise((resolve) => {
      const done = (): void => {
        clearTimeout(timer);
        this.wake = undefined;
        this.wakeAt = Number.POSITIVE_INFINITY;
        resolve();
      };
      const left = (): number => Math.min(LONGEST_SLEEP_MS, Math.max(SHORTEST_SLEEP_MS, this.wakeAt - this.clock.now()));
      let timer = setTimeout(done, left());
      this.wake = (): void => {
        clearTimeout(timer);
        if (this.stopping) done();
        else timer = setTimeout(done, left());
      };
      if (this.stopping) done();
    });
  }
}
