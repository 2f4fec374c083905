import { type DomainEvent, encodeEventUnmatched } from '#libs/contracts';
import { AppError } from '#libs/kernel';
import type { Publisher } from '#libs/messaging';
import type { SubscriptionIndex } from '../subscriptions/index.js';

const SOURCE = '/hookstream/event-router';

/** Tells of events that no webhook wanted. Asked of those alone: an event that matches costs nothing here. */
export abstract class UnmatchedEvents {
  /**
   * Resolves once the broker has the record, at once where nobody is to be told.
   * @param unmatchedAt RFC 3339
   * @throws what the publisher throws; the same event may be told of again
   */
  abstract tell(event: DomainEvent, unmatchedAt: string): Promise<void>;
}

/** Of accounts with a webhook, enabled or not: where there is none, nobody looks for a reason, and domain topics carry a lot. */
export class PublishedUnmatchedEvents extends UnmatchedEvents {
  constructor(
    private readonly publisher: Publisher,
    /** The full name of the topic. */
    private readonly topic: string,
    private readonly subscriptions: Pick<SubscriptionIndex, 'hasAnyOf'>,
  ) {
    super();
  }

  override async tell(event: DomainEvent, unmatchedAt: string): Promise<void> {
    if (!this.subscriptions.hasAnyOf(event.accountId)) return;
    try {
      await this.publisher.publish(this.topic, encodeEventUnmatched({ event, unmatchedAt }, SOURCE));
    } catch (error) {
      // Nobody waits for it: what a webhook would have got as a dead letter stays untold.
      if (!(error instanceof AppError && error.code === 'RECORD_TOO_LARGE')) throw error;
    }
  }
}

export class NoUnmatchedEvents extends UnmatchedEvents {
  override tell(): Promise<void> {
    return Promise.resolve();
  }
}
