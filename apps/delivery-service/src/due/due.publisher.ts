import { encodeDeliveryRequested, encodeOutcome, type DeliveryRequestedV1, type DiscardReason, type WireRecord } from '#libs/contracts';
import { AppError, type Clock } from '#libs/kernel';
import type { Publisher } from '#libs/messaging';
import type { ClaimedDelivery } from './claimed-delivery.js';
import { discarded } from '../outcomes/index.js';

/** CloudEvents source of what this service publishes. */
const SOURCE = 'hookstream/delivery-service';
/** Rows are locked meanwhile, in a transaction that the database ends when it rests for half a minute. */
const DEADLINE_MS = 10_000;

export interface Published {
  /** Ids of what the broker has. */
  readonly acknowledged: readonly string[];
  /** Ids of what it never will take. */
  readonly refused: readonly string[];
  /** Why others are in neither list. */
  readonly fault: AppError | undefined;
}

/** Writes what becomes of waiting deliveries; each call settles when every record is acknowledged or has failed. */
export class DuePublisher {
  /** @param topics full names */
  constructor(
    private readonly publisher: Publisher,
    private readonly topics: { readonly deliveries: string; readonly outcomes: string },
    private readonly clock: Clock,
  ) {}

  /** The deliveries are requested again. */
  requested(claimed: readonly ClaimedDelivery[]): Promise<Published> {
    return this.publish(this.topics.deliveries, claimed, (request) => encodeDeliveryRequested(request, SOURCE));
  }

  /** The deliveries ended without a further attempt. */
  discarded(claimed: readonly ClaimedDelivery[], reason: DiscardReason): Promise<Published> {
    const now = this.clock.now();
    return this.publish(this.topics.outcomes, claimed, (request) => encodeOutcome(discarded(request, reason, now), SOURCE));
  }

  private async publish(
    topic: string,
    claimed: readonly ClaimedDelivery[],
    encode: (request: DeliveryRequestedV1) => WireRecord,
  ): Promise<Published> {
    const results = await Promise.allSettled(
      claimed.map(({ request }) => this.publisher.publish(topic, encode(request), { deadlineMs: DEADLINE_MS })),
    );
    const [acknowledged, refused]: [string[], string[]] = [[], []];
    let fault: AppError | undefined;
    results.forEach((result, i) => {
      const id = claimed[i]!.request.deliveryId;
      if (result.status === 'fulfilled') acknowledged.push(id);
      else if (result.reason instanceof AppError && result.reason.retryable) fault = result.reason;
      else refused.push(id);
    });
    return { acknowledged, refused, fault };
  }
}
