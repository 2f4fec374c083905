import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { AppError } from '#libs/kernel';
import { Logger, type BeforeApplicationShutdown, type OnApplicationBootstrap } from '@nestjs/common';
import type { RedeliveryProgress } from './redelivery-progress.js';
import type { HeldRedelivery, RedeliveryStore } from './redelivery.store.js';

const IDLE_MS = 500;
const FAILED_MS = 2_000;
/** Who holds a redelivery renews that with every round; a holder that died is succeeded after this time. */
const LEASE_MS = 15_000;
const AT_ONCE = 20;
const FORGET_AFTER_DAYS = 30;
const FORGET_EVERY_MS = 600_000;
const STOP_MS = 8_000;
const MOST_FAILURES = 5;

/**
 * Works on redeliveries, as many instances as there are, each redelivery held by one. All that is known of a redelivery is
 * in the database, so that whatever interrupts the work, the next holder goes on with it; a holder that was taken for dead
 * and goes on does no harm, since what it writes twice is dropped as a copy (`nextAttempt`).
 */
export class RedeliveryWorker implements OnApplicationBootstrap, BeforeApplicationShutdown {
  private readonly logger = new Logger(RedeliveryWorker.name);
  private readonly holder = randomUUID();
  private readonly stop = new AbortController();
  private running: Promise<void> = Promise.resolve();
  private forgetAt = 0;
  private failures = 0;
  /** In a row, by redelivery. */
  private readonly failed = new Map<string, number>();

  constructor(
    private readonly store: RedeliveryStore,
    private readonly progress: RedeliveryProgress,
  ) {}

  onApplicationBootstrap(): void {
    this.running = this.run();
  }

  async beforeApplicationShutdown(): Promise<void> {
    this.stop.abort();
    await Promise.race([this.running, sleep(STOP_MS, undefined, { ref: false })]);
  }

  private async run(): Promise<void> {
    while (!this.stop.signal.aborted) {
      const pause = await this.round();
      if (pause > 0) await sleep(pause, undefined, { signal: this.stop.signal, ref: false }).catch(() => undefined);
    }
    await this.store.release(this.holder).catch(() => undefined);
  }

  /** @returns milliseconds until the next round */
  private async round(): Promise<number> {
    try {
      let moved = false;
      const held = await this.store.hold(this.holder, LEASE_MS, AT_ONCE);
      for (const redelivery of held) {
        if (this.stop.signal.aborted) return 0;
        if (await this.step(redelivery)) moved = true;
      }
      if (Date.now() >= this.forgetAt) {
        await this.store.forgetEnded(FORGET_AFTER_DAYS);
        this.forgetAt = Date.now() + FORGET_EVERY_MS;
      }
      this.failures = 0;
      return moved ? 0 : IDLE_MS;
    } catch (err) {
      if (!this.stop.signal.aborted && this.failures++ === 0) this.logger.warn({ msg: 'redelivery.interrupted', err });
      return FAILED_MS;
    }
  }

  /** What is wrong with one must not stand in the way of the others; an outage concerns all. */
  private async step(redelivery: HeldRedelivery): Promise<boolean> {
    const { id } = redelivery;
    try {
      const moved = await this.progress.step(redelivery, this.stop.signal);
      this.failed.delete(id);
      return moved;
    } catch (err) {
      if (err instanceof AppError && err.retryable) throw err;
      const failures = (this.failed.get(id) ?? 0) + 1;
      this.failed.set(id, failures);
      this.logger.error({ msg: 'redelivery.failed', redeliveryId: id, failures, err });
      if (failures < MOST_FAILURES) return false;
      this.failed.delete(id);
      await this.store.end(id, 'failed', 'something went wrong on our side');
      return true;
    }
  }
}
