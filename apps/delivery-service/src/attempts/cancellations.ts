import type { DeliveryRequestedV1 } from '#libs/contracts';
import { idTail } from '#libs/kernel';

/** Old marks go first; what waits longer than these last is in the due table, where a cancellation ends it for good. */
const MOST = 10_000;

/**
 * What was cancelled, for deliveries that are not in the due table at that moment: they wait for a lane, or are on their
 * way there or back. A mark covers what was requested before it: a redelivery asked for later is new work.
 */
export class Cancellations {
  private readonly marks = new Map<string, number>();

  /** @param deliveryId null: all of the webhook @param at milliseconds since the epoch */
  cancel(webhookId: string, deliveryId: string | null, at: number): void {
    const key = deliveryId === null ? webhookId : markOf(webhookId, deliveryId);
    const known = this.marks.get(key) ?? at;
    this.marks.delete(key);
    this.marks.set(key, Math.max(known, at));
    if (this.marks.size > MOST) this.marks.delete(this.marks.keys().next().value!);
  }

  covers({ webhookId, deliveryId, requestedAt }: DeliveryRequestedV1): boolean {
    if (this.marks.size === 0) return false;
    const at = Math.max(this.marks.get(webhookId) ?? -1, this.marks.get(markOf(webhookId, deliveryId)) ?? -1);
    return at >= 0 && !(Date.parse(requestedAt) > at);
  }
}

// The head of an id may differ between copies of a delivery, its tail never does.
function markOf(webhookId: string, deliveryId: string): string {
  return `${webhookId} ${idTail(deliveryId)}`;
}
