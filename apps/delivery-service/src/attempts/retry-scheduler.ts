import type { DeliveryRequestedV1, WaitCause } from '#libs/contracts';
import type { BatchContext } from '#libs/messaging';
import { AttemptOutcomePublisher } from './attempt-outcome.publisher.js';
import type { Verdict } from './attempt.js';
import { deliveryWaits } from './attempt.metrics.js';
import { afterFailure, putOff } from './delivery.js';

/** Hands deliveries over to the due table; they come back as records of their own. */
export class RetryScheduler {
  constructor(private readonly publisher: AttemptOutcomePublisher) {}

  /** The next attempt after a failed one. @param attemptedAt RFC 3339 @param dueAt milliseconds since the epoch */
  async afterFailure(
    request: DeliveryRequestedV1,
    verdict: Verdict,
    attemptedAt: string,
    dueAt: number,
    context: BatchContext,
  ): Promise<void> {
    await this.schedule(afterFailure(request, verdict, attemptedAt), 'failed', dueAt, context);
  }

  /** The same attempt, later: none was made. @param dueAt milliseconds since the epoch */
  async putOff(request: DeliveryRequestedV1, cause: WaitCause, dueAt: number, context: BatchContext): Promise<void> {
    await this.schedule(putOff(request), cause, dueAt, context);
  }

  private async schedule(delivery: DeliveryRequestedV1, cause: WaitCause, dueAt: number, context: BatchContext): Promise<void> {
    await this.publisher.scheduled({ delivery, cause, dueAt: new Date(dueAt).toISOString() }, context);
    deliveryWaits(cause);
  }
}
