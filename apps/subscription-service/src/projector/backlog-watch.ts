import { Logger, type OnApplicationBootstrap, type OnModuleDestroy } from '@nestjs/common';
import type { Clock } from '#libs/kernel';
import type { BacklogPgStore } from './backlog.pg-store.js';
import type { HistoryLag } from './history-lag.js';

const INTERVAL_MS = 20_000;
const FIRST_MS = 1_000;
/** A history that is further behind than this knows of requests and not yet of their ends: much would seem to wait. */
const MOST_BEHIND_MS = 30_000;

/** Counts again and again how many deliveries wait, so that charts can show what it was. */
export class BacklogWatch implements OnApplicationBootstrap, OnModuleDestroy {
  private readonly logger = new Logger(BacklogWatch.name);
  private timer: NodeJS.Timeout | undefined;
  private stopped = false;

  constructor(
    private readonly store: BacklogPgStore,
    private readonly lag: Pick<HistoryLag, 'behindMs'>,
    private readonly clock: Clock,
  ) {}

  onApplicationBootstrap(): void {
    this.schedule(FIRST_MS);
  }

  onModuleDestroy(): void {
    this.stopped = true;
    clearTimeout(this.timer);
  }

  private schedule(inMs: number): void {
    if (!this.stopped) this.timer = setTimeout(() => void this.look(), inMs).unref();
  }

  private async look(): Promise<void> {
    const behind = this.lag.behindMs;
    if (behind === undefined || behind > MOST_BEHIND_MS) return this.schedule(FIRST_MS);
    try {
      await this.store.sample(this.clock.now());
    } catch (err) {
      this.logger.debug({ err }, 'backlog.not-counted');
    }
    this.schedule(INTERVAL_MS);
  }
}
