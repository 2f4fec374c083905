import { Logger, type OnModuleDestroy, type OnModuleInit } from '@nestjs/common';
import type { Clock } from '#libs/kernel';
import type { Expunge } from './expunge/expunge.js';
import type { Tombstone } from './expunge/expunge.store.js';
import type { PartitionsPgStore } from './partitions.pg-store.js';

const INTERVAL_MS = 600_000;
const EXPUNGE_INTERVAL_MS = 30_000;
/** Of one tombstone, before the next one has its turn. */
const EXPUNGE_MS = 10_000;

/** Keeps the partitions of days: some ahead, none older than the retention. Ends what an expunge has left to be taken out. */
export class PartitionKeeper implements OnModuleInit, OnModuleDestroy {
  private readonly logger = new Logger(PartitionKeeper.name);
  private timer: NodeJS.Timeout | undefined;
  private expungeTimer: NodeJS.Timeout | undefined;
  private stopped = false;

  constructor(
    private readonly partitions: PartitionsPgStore,
    private readonly expunges: Expunge,
    private readonly clock: Clock,
  ) {}

  // Before anything is stored: what has no partition goes where it has to be moved from.
  async onModuleInit(): Promise<void> {
    await this.keep();
    this.timer = setInterval(() => void this.keep(), INTERVAL_MS).unref();
    this.scheduleExpunge(0);
  }

  onModuleDestroy(): void {
    this.stopped = true;
    clearInterval(this.timer);
    clearTimeout(this.expungeTimer);
  }

  private scheduleExpunge(inMs: number): void {
    if (!this.stopped) this.expungeTimer = setTimeout(() => void this.expungeAll(), inMs).unref();
  }

  private async expungeAll(): Promise<void> {
    try {
      for (const tombstone of await this.expunges.unfinished()) if (!this.stopped) await this.expungeOne(tombstone);
    } catch (err) {
      this.logger.debug({ err }, 'expunges.not-read');
    }
    this.scheduleExpunge(EXPUNGE_INTERVAL_MS);
  }

  /** One that fails keeps the others from nothing, and has its turn again. */
  private async expungeOne(tombstone: Tombstone): Promise<void> {
    const { kind, accountId } = tombstone;
    try {
      this.logger.log({ kind, accountId, ...(await this.expunges.takeOut(tombstone, EXPUNGE_MS)) }, 'history.expunged');
    } catch (err) {
      this.logger.warn({ err, kind, accountId }, 'history.not-expunged');
    }
  }

  private async keep(): Promise<void> {
    try {
      const { made, dropped } = await this.partitions.keep(this.clock.now());
      if (made.length + dropped.length > 0) this.logger.log({ made: made.length, dropped }, 'history.partitions-kept');
    } catch (err) {
      // Three days have partitions already, and default partitions take the rest.
      this.logger.warn({ err }, 'history.partitions-not-kept');
    }
  }
}
