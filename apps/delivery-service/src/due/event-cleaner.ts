import { setTimeout as sleep } from 'node:timers/promises';
import type { LogFunction } from '#libs/messaging';
import type { EventData } from './event-data.pg-store.js';

const EVERY_MS = 1000;
const CHUNK = 2000;
/** More than this many are left to the sweep. */
const MAX_FREED = 200_000;
const SWEEP_EVERY_MS = 3_600_000;
const SWEEP_CHUNK = 5000;

/**
 * Removes stored events to which no waiting delivery refers any more: soon those whose last row was just deleted, and
 * once an hour what a crash left behind. A second's delay is wanted: a delivery that fails again finds its event stored.
 */
export class EventCleaner {
  private freedKeys = new Set<string>();
  private readonly stopping = new AbortController();
  private running: Promise<unknown> | undefined;

  constructor(
    private readonly events: EventData,
    private readonly log: LogFunction,
  ) {}

  /** Rows that referred to these events are gone. */
  freed(keys: readonly string[]): void {
    for (const key of keys) if (this.freedKeys.size < MAX_FREED) this.freedKeys.add(key);
  }

  start(): void {
    this.running ??= Promise.all([this.every(EVERY_MS, () => this.removeFreed()), this.every(SWEEP_EVERY_MS, () => this.sweep())]);
  }

  async stop(): Promise<void> {
    this.stopping.abort();
    await this.running;
  }

  /** Goes through all stored events. */
  async sweep(): Promise<void> {
    for (let after: string | null = null; !this.stopping.signal.aborted;) {
      const { strays, last } = await this.events.strays(after, SWEEP_CHUNK);
      this.freed(strays);
      if (last === undefined) return;
      after = last;
    }
  }

  async removeFreed(): Promise<void> {
    while (this.freedKeys.size > 0 && !this.stopping.signal.aborted) {
      const keys = [...this.freedKeys].slice(0, CHUNK).sort();
      if (!(await this.events.remove(keys))) return;
      for (const key of keys) this.freedKeys.delete(key);
    }
  }

  private async every(ms: number, work: () => Promise<void>): Promise<void> {
    const { signal } = this.stopping;
    for (;;) {
      await sleep(ms, undefined, { signal }).catch(() => undefined);
      if (signal.aborted) return;
      await work().catch((error: unknown) => this.log('debug', 'due.cleaning-failed', { error }));
    }
  }
}
