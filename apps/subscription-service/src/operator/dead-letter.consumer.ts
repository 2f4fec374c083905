import { type BeforeApplicationShutdown, Logger, type OnApplicationBootstrap } from '@nestjs/common';
import type { ReceivedRecord } from '#libs/contracts';
import { AppError, type Clock } from '#libs/kernel';
import { DONE, type KafkaConsumerStrategy, type RecordOutcome, skip } from '#libs/messaging';
import type { HealthRegistry } from '#libs/runtime';
import { deadLetterOf } from './dead-letter-record.js';
import type { DeadLetterArchive } from './dead-letter.store.js';

/** Name of the one subscription. */
export const DEAD_LETTERS = 'dead-letters';
const HOUR_MS = 3_600_000;

/**
 * Keeps the records of `hookstream.dead-letters` for as long as the topic does. Nothing that is read here may become a dead
 * letter itself: it would be read here again, for ever.
 */
export class DeadLetterConsumer implements OnApplicationBootstrap, BeforeApplicationShutdown {
  private readonly logger = new Logger(DeadLetterConsumer.name);
  private timer: NodeJS.Timeout | undefined;

  constructor(
    private readonly archive: DeadLetterArchive,
    private readonly strategy: KafkaConsumerStrategy,
    private readonly clock: Clock,
    private readonly keptMs: number,
    health: HealthRegistry,
  ) {
    // Operators wait for it, deliveries and the history do not: it says how it fares and makes nobody unready.
    health.register(DEAD_LETTERS, () => ({ ...this.strategy.health(), ready: true }));
  }

  onApplicationBootstrap(): void {
    this.strategy.addHandler(DEAD_LETTERS, ((records: readonly ReceivedRecord[]) => this.handle(records)) as never, true);
    this.strategy.listen((error) => {
      if (error) throw error as Error;
    });
    this.timer = setInterval(() => void this.forget(), HOUR_MS).unref();
    void this.forget();
  }

  // Before the database is closed.
  async beforeApplicationShutdown(): Promise<void> {
    clearInterval(this.timer);
    await this.strategy.close();
  }

  private handle(records: readonly ReceivedRecord[]): Promise<RecordOutcome>[] {
    const together = this.keepAll(records);
    return records.map(async (record) => ((await together) ? DONE : this.keepOne(record)));
  }

  /** @returns false when the database takes one of them not, whichever that is */
  private async keepAll(records: readonly ReceivedRecord[]): Promise<boolean> {
    try {
      await this.archive.keep(records.map(deadLetterOf));
      return true;
    } catch (err) {
      if (err instanceof AppError && err.retryable) throw err;
      return false;
    }
  }

  private async keepOne(record: ReceivedRecord): Promise<RecordOutcome> {
    try {
      await this.archive.keep([deadLetterOf(record)]);
      return DONE;
    } catch (err) {
      if (err instanceof AppError && err.retryable) throw err;
      this.logger.error({ err, partition: record.partition, offset: record.offset }, 'dead-letter.not-kept');
      return skip('not-kept');
    }
  }

  private async forget(): Promise<void> {
    try {
      const forgotten = await this.archive.forget(this.clock.now() - this.keptMs);
      if (forgotten > 0) this.logger.log({ forgotten }, 'dead-letters.forgotten');
    } catch (err) {
      this.logger.warn({ err }, 'dead-letters.not-forgotten');
    }
  }
}
