import { encodeDeadLetter, type ReceivedRecord } from '#libs/contracts';
import { AppError } from '#libs/kernel';
import type { LogFunction } from './kafka-settings.js';
import { metrics } from './messaging.metrics.js';
import type { Publisher } from './publisher.js';

/** Writes what could not be handled to the dead letters, as it came. */
export class DeadLetterWriter {
  constructor(
    private readonly publisher: Publisher,
    private readonly topic: string,
    private readonly groupId: string,
    private readonly log: LogFunction,
  ) {}

  /** Resolves once acknowledged; rejects only while the broker is unavailable. */
  async write(record: ReceivedRecord, reason: string): Promise<void> {
    const letter = encodeDeadLetter(record, reason);
    const { topic, partition, offset } = record;
    try {
      await this.publisher.publish(this.topic, letter);
    } catch (error) {
      if (!(error instanceof AppError) || error.retryable) throw error;
      // The headers that say why made it too large. Where it lies is worth more than nothing at all.
      this.log('error', 'dead-letter.truncated', { topic, partition, offset, reason, error });
      await this.#writeWithoutValue(record, reason);
    }
    metrics.deadLetters.inc({ group: this.groupId, topic, reason });
    this.log('info', 'record.dead-lettered', { topic, partition, offset, reason });
  }

  async #writeWithoutValue(record: ReceivedRecord, reason: string): Promise<void> {
    const letter = encodeDeadLetter({ ...record, value: null, headers: {} }, reason);
    try {
      await this.publisher.publish(this.topic, { ...letter, headers: { ...letter.headers, ce_valueomitted: 'true' } });
    } catch (error) {
      if (!(error instanceof AppError) || error.retryable) throw error;
      this.log('error', 'dead-letter.refused', { topic: record.topic, partition: record.partition, offset: record.offset, reason, error });
    }
  }
}
