import { setTimeout as delay } from 'node:timers/promises';
import {
  encodeAttempted,
  encodeOutcome,
  encodeRetryScheduled,
  type DeliveryAttemptedV1,
  type DeliveryOutcomeV1,
  type RetryScheduledV1,
  type WireRecord,
} from '#libs/contracts';
import { AppError } from '#libs/kernel';
import type { BatchContext, Publisher } from '#libs/messaging';

/** Full names of the topics that tell what became of attempts and deliveries. */
export interface ResultTopics {
  readonly attempts: string;
  readonly outcomes: string;
  readonly retries: string;
}

/** CloudEvents source of what this service publishes. */
const SOURCE = 'hookstream/delivery-service';
const FIRST_DELAY_MS = 100;
const MAX_DELAY_MS = 5000;

/**
 * Writes what became of attempts and deliveries. A broker that is away is waited for here, not by handing the record in
 * again: that would send the request a second time.
 */
export class AttemptOutcomePublisher {
  constructor(
    private readonly publisher: Publisher,
    private readonly topics: ResultTopics,
  ) {}

  /** Resolves once the broker has the record. */
  attempted(message: DeliveryAttemptedV1, context: BatchContext): Promise<void> {
    return this.publish(this.topics.attempts, encodeAttempted(message, SOURCE), context);
  }

  /** Resolves once the broker has the record. */
  ended(message: DeliveryOutcomeV1, context: BatchContext): Promise<void> {
    return this.publish(this.topics.outcomes, encodeOutcome(message, SOURCE), context);
  }

  /** Resolves once the broker has the record. */
  scheduled(message: RetryScheduledV1, context: BatchContext): Promise<void> {
    return this.publish(this.topics.retries, encodeRetryScheduled(message, SOURCE), context);
  }

  private async publish(topic: string, record: WireRecord, context: BatchContext): Promise<void> {
    for (let wait = FIRST_DELAY_MS; ; wait = Math.min(wait * 2, MAX_DELAY_MS)) {
      try {
        return await this.publisher.publish(topic, record);
      } catch (error) {
        if (!(error instanceof AppError && error.retryable) || context.lost()) throw error;
        await delay(wait, undefined, { signal: context.signal }).catch(() => undefined);
      }
    }
  }
}
