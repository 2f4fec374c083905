import { encodeDeliveryRequested, type DeliveryRefusal, type DomainEvent } from '#libs/contracts';
import type { Publisher } from '#libs/messaging';
import { ByteBudget } from './byte-budget.js';
import { deliveryId } from './delivery-id.js';

/** Whom an event goes to. */
export interface Recipients {
  readonly webhookIds: readonly string[];
  /** Those among them that get no attempt: their delivery is asked for as one that is refused, which it ends with. */
  readonly refusals?: ReadonlyMap<string, DeliveryRefusal> | undefined;
}

const SOURCE = '/hookstream/event-router';
const CHUNK_RECORDS = 200; // about 5 ms of work between two turns of the event loop
const CHUNK_BYTES = 4 * 1_048_576;
const BUDGET_BYTES = 32 * 1_048_576;
const OVERHEAD_BYTES = 1_000; // of key and headers, roughly

/**
 * Publishes one delivery request per webhook. An event is copied once for each of its webhooks on the way to the broker,
 * so thousands of them go in chunks, each acknowledged before the next, within a budget that all events share.
 */
export class FanOut {
  private readonly budget = new ByteBudget(BUDGET_BYTES);

  constructor(
    private readonly publisher: Publisher,
    /** The full name of the topic of deliveries. */
    private readonly topic: string,
  ) {}

  /**
   * Resolves to true when the broker has acknowledged every request, to false when it stopped because `lost()` said so.
   * @param requestedAt RFC 3339
   * @throws what the publisher throws; requests before the failure may have been written, and will be again on a retry, with the same ids
   */
  async publish(event: DomainEvent, { webhookIds, refusals }: Recipients, requestedAt: string, lost: () => boolean): Promise<boolean> {
    const bytes = event.data.length + OVERHEAD_BYTES + 2 * (event.context?.length ?? 0);
    const chunk = Math.max(1, Math.min(CHUNK_RECORDS, Math.floor(CHUNK_BYTES / bytes)));
    for (let at = 0; at < webhookIds.length; at += chunk) {
      const ids = webhookIds.slice(at, at + chunk);
      await this.budget.take(bytes * ids.length);
      try {
        if (lost()) return false;
        await this.publishChunk(event, { webhookIds: ids, refusals }, requestedAt);
      } finally {
        this.budget.give(bytes * ids.length);
      }
    }
    return true;
  }

  /** Waits for all of them even when one fails: what is under way still holds its bytes. */
  private async publishChunk(event: DomainEvent, { webhookIds, refusals }: Recipients, requestedAt: string): Promise<void> {
    const results = await Promise.allSettled(
      webhookIds.map((webhookId) => {
        const id = deliveryId(event, webhookId);
        const request = { deliveryId: id, webhookId, attempt: 1, trigger: 'event', wait: 0, requestedAt, past: null, event } as const;
        const refused = refusals?.get(webhookId);
        return this.publisher.publish(this.topic, encodeDeliveryRequested(refused ? { ...request, refused } : request, SOURCE));
      }),
    );
    for (const result of results) if (result.status === 'rejected') throw result.reason;
  }
}
