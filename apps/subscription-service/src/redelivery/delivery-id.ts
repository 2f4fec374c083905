import { hash } from 'node:crypto';
import { parseRfc3339, type DomainEvent } from '#libs/contracts';
import { composeId } from '#libs/kernel';

/**
 * The id of the delivery of an event to a webhook, as the event-router makes it: a delivery that is asked for here and one
 * that is routed are one and the same, and whatever repeats is told by it.
 */
export function deliveryId(event: Pick<DomainEvent, 'source' | 'id' | 'time'>, webhookId: string): string {
  return composeId('dlv', parseRfc3339(event.time) ?? 0, hash('sha256', `${event.source}\0${event.id}\0${webhookId}`, 'buffer'));
}
