import { type DeliveryRequestedV1, type DomainEvent, type EventUnmatchedV1, parseRfc3339 } from '#libs/contracts';
import { eventKey, eventKeyAt } from '../history-schema/index.js';

/** What a batch says of one event: by the requests of its deliveries, or because no webhook wanted it, or by both. */
export interface StoredEvent {
  readonly key: string;
  readonly event: DomainEvent;
  readonly test: boolean;
  /** Milliseconds since the epoch: when no webhook wanted it, the first time; null: nobody said so. */
  readonly unmatchedAt: number | null;
}

export function eventOfRequest({ deliveryId, trigger, event }: DeliveryRequestedV1): StoredEvent {
  return { key: eventKey(deliveryId, event.accountId, event.source, event.id), event, test: trigger === 'test', unmatchedAt: null };
}

/** Under the key that it has with deliveries, whose ids begin with its time: sent again later, it is the same event. */
export function eventOfNobody({ event, unmatchedAt }: EventUnmatchedV1): StoredEvent {
  const key = eventKeyAt(parseRfc3339(event.time) ?? 0, event.accountId, event.source, event.id);
  return { key, event, test: false, unmatchedAt: Date.parse(unmatchedAt) };
}

/** Both together. The data of the first one stays, as it does in the table. */
export function mergeEvents(a: StoredEvent, b: StoredEvent): StoredEvent {
  const [first, other] = [a.unmatchedAt, b.unmatchedAt];
  return { ...a, unmatchedAt: first === null ? other : other === null ? first : Math.min(first, other) };
}
