import type { BeforeApplicationShutdown, OnApplicationBootstrap, OnApplicationShutdown } from '@nestjs/common';
import type { HealthRegistry } from '#libs/runtime';
import type { DueParts } from './due-parts.js';
import { parked, pending } from './due.metrics.js';

const COUNT_EVERY_MS = 30_000;
const RECONCILE_EVERY_MS = 3_600_000;
const FORGET_EVERY_MS = 3_600_000;

/** Starts the background work with the app, and ends it before the consumers, whose records need the database last. */
export class DueLifecycle implements OnApplicationBootstrap, BeforeApplicationShutdown, OnApplicationShutdown {
  private readonly timers: NodeJS.Timeout[] = [];

  constructor(
    private readonly parts: DueParts,
    private readonly health: HealthRegistry,
  ) {}

  onApplicationBootstrap(): void {
    const { database, loop, cleaner } = this.parts;
    this.health.register('due', () => ({ ready: database.fault === undefined, live: true, detail: database.fault ?? 'reachable' }));
    database.open();
    loop.start();
    cleaner.start();
    this.every(COUNT_EVERY_MS, () => this.count());
    this.every(FORGET_EVERY_MS, () => this.parts.early.forgetOld());
  }

  /** All webhooks are known now: what changed while this service was down can be made up for. */
  webhooksLoaded(): void {
    const reconcile = () => this.parts.watch.reconcile();
    this.every(RECONCILE_EVERY_MS, reconcile);
    void this.quietly(reconcile);
  }

  async beforeApplicationShutdown(): Promise<void> {
    const { loop, cleaner, work } = this.parts;
    for (const timer of this.timers) clearInterval(timer);
    work.stop();
    await Promise.all([loop.stop(), cleaner.stop()]);
  }

  async onApplicationShutdown(): Promise<void> {
    await this.parts.database.close();
  }

  private async count(): Promise<void> {
    const counts = await this.parts.table.counts();
    pending.set(counts.pending);
    parked.set(counts.parked);
  }

  private every(ms: number, work: () => Promise<void>): void {
    this.timers.push(setInterval(() => void this.quietly(work), ms).unref());
  }

  private async quietly(work: () => Promise<void>): Promise<void> {
    await work().catch((error: unknown) => this.parts.log('debug', 'due.upkeep-failed', { error }));
  }
}
