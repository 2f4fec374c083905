import { createHash } from 'node:crypto';
import type { DeliveryRequestedV1, DomainEvent, RetryScheduledV1 } from '#libs/contracts';

/**
 * Names an event in the store, as a UUID. The data takes part: accounts choose ids and sources of their own, and two
 * events that only share those must not share what is sent. Not the trace: copies of one event may carry different ones.
 */
export function eventKey(event: DomainEvent): string {
  const { accountId, source, id, type, time, channelId, context, dataContentType } = event;
  const words = JSON.stringify([accountId, source, id, type, time, channelId, context, dataContentType]);
  const hash = createHash('sha256').update(words).update(event.data).digest('hex');
  return `${hash.slice(0, 8)}-${hash.slice(8, 12)}-${hash.slice(12, 16)}-${hash.slice(16, 20)}-${hash.slice(20, 32)}`;
}

/** Whether it waits for its webhook to be enabled rather than for a time. */
export function isParked({ cause }: RetryScheduledV1): boolean {
  return cause === 'disabled';
}

/** Which of two records of one delivery is the later one. */
function isLater(a: DeliveryRequestedV1, b: DeliveryRequestedV1): boolean {
  return a.attempt !== b.attempt ? a.attempt > b.attempt : a.wait > b.wait;
}

/** The latest record of each delivery, by its id. */
export function latestOf(retries: readonly RetryScheduledV1[]): Map<string, RetryScheduledV1> {
  const latest = new Map<string, RetryScheduledV1>();
  for (const retry of retries) {
    const known = latest.get(retry.delivery.deliveryId);
    if (!known || isLater(retry.delivery, known.delivery)) latest.set(retry.delivery.deliveryId, retry);
  }
  return latest;
}
