import { Logger, type OnApplicationBootstrap, type OnModuleDestroy } from '@nestjs/common';
import type { IdempotencyStore } from './idempotency.store.js';

const INTERVAL_MS = 5 * 60_000;
const CHUNK = 1_000;

/** Deletes remembered calls whose day is over. Every instance does; they leave each other's rows alone. */
export class IdempotencySweeper implements OnApplicationBootstrap, OnModuleDestroy {
  private readonly logger = new Logger(IdempotencySweeper.name);
  private timer: NodeJS.Timeout | undefined;

  constructor(private readonly store: IdempotencyStore) {}

  onApplicationBootstrap(): void {
    this.timer = setInterval(() => void this.sweep(), INTERVAL_MS).unref();
  }

  onModuleDestroy(): void {
    clearInterval(this.timer);
  }

  /** @returns how many were deleted */
  async sweep(): Promise<number> {
    let total = 0;
    try {
      for (let count = CHUNK; count === CHUNK; total += count) count = await this.store.sweep(CHUNK);
    } catch (err) {
      this.logger.warn({ err }, 'idempotency.not-swept');
    }
    return total;
  }
}
