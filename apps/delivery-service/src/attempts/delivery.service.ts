import type { DeliveryRequestedV1 } from '#libs/contracts';
import { DONE, type BatchContext, type RecordOutcome } from '#libs/messaging';
import { AttemptService } from './attempt.service.js';
import { deliveryOf, type Delivery } from './delivery.js';
import { RecentDeliveries } from './recent-deliveries.js';
import { RetryScheduler } from './retry-scheduler.js';
import { WebhookLanes } from './webhook-lanes.js';

/** A requested delivery, from its record to its end: each once, attempt by attempt, in the lane of its webhook. */
export class DeliveryService {
  constructor(
    private readonly recent: RecentDeliveries,
    private readonly lanes: WebhookLanes,
    private readonly attempts: AttemptService,
    private readonly retries: RetryScheduler,
  ) {}

  deliver(request: DeliveryRequestedV1, context: BatchContext): Promise<RecordOutcome> {
    return this.recent.once(request, context, () => this.run(deliveryOf(request), context));
  }

  /** @returns done as well when the retry was handed over, to come back as a record of its own */
  private async run(delivery: Delivery, context: BatchContext): Promise<RecordOutcome> {
    for (let next: Delivery | undefined = delivery; next;) {
      const current: Delivery = next;
      // The lane is held for the attempt alone: what waits for its retry must not keep others waiting.
      const end = await this.lanes.run(current.request.webhookId, () => this.attempts.attempt(current, context));
      if ('ended' in end) return end.ended;
      next = await this.retries.schedule(end.retry, context);
    }
    return DONE;
  }
}
