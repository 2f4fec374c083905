import type { DeliveryRequestedV1, DomainEvent } from '#libs/contracts';
import type { KeptEvent } from './delivery-archive.js';
import { hasEnded, nextAttempt, type PastDelivery, pastOf } from './past-delivery.js';
import type { RedeliveryItem } from './redelivery-items.js';

/** `sent`: it was handed over before, by this redelivery before a crash or by somebody else; `skip`: it cannot or need not be. */
export type ItemFate =
  { readonly kind: 'send'; readonly request: DeliveryRequestedV1 } | { readonly kind: 'sent' } | { readonly kind: 'skip' };

const SENT: ItemFate = { kind: 'sent' };
const SKIP: ItemFate = { kind: 'skip' };

/**
 * What is to be done with an item, by what the history says now. Whatever was asked for since the item was made has been
 * asked for once: another record would be another attempt. What the history does not know yet, since it lags behind, is
 * asked for again by the very same record, of which the delivery-service drops copies.
 * @param past the delivery, if there has been one @param kept its event, if the data is there @param now RFC 3339
 */
export function itemFate(item: RedeliveryItem, past: PastDelivery | undefined, kept: KeptEvent | undefined, now: string): ItemFate {
  const isNew = item.wait === 0;
  if (isNew && past) return SENT;
  if (!isNew) {
    if (!past) return SKIP;
    if (past.attempts >= item.attempt || !hasEnded(past)) return SENT;
    const next = nextAttempt(past);
    // Cancelled since.
    if (next.attempt !== item.attempt || next.wait !== item.wait) return SKIP;
  }
  if (!kept || kept.redacted) return SKIP;
  return { kind: 'send', request: requestOf(item, past, kept.event, now) };
}

function requestOf(item: RedeliveryItem, past: PastDelivery | undefined, event: DomainEvent, requestedAt: string): DeliveryRequestedV1 {
  const { deliveryId, webhookId, attempt, wait } = item;
  return { deliveryId, webhookId, attempt, wait, trigger: 'redelivery', requestedAt, past: past ? pastOf(past) : null, event };
}
