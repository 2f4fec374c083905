import { hash } from 'node:crypto';
import { parseRfc3339, type DomainEvent } from '#libs/contracts';
import { composeId } from '#libs/kernel';

/**
 * The id of the delivery of an event to a webhook, the same whenever and wherever the event is routed: what repeats after
 * a crash is told by it. The event's time only makes ids sort; source, event and webhook make the rest.
 */
export function deliveryId(event: Pick<DomainEvent, 'source' | 'id' | 'time'>, webhookId: string): string {
  return composeId('dlv', parseRfc3339(event.time) ?? 0, hash('sha256', `${event.source}\0${event.id}\0${webhookId}`, 'buffer'));
}
