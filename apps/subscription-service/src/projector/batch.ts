import type { DeliveryAttemptedV1, DeliveryOutcomeV1, EndpointHealthV1 } from '#libs/contracts';
import { type DeliveryFacts, factsOfAttempt, factsOfOutcome, factsOfRequest, mergeFacts } from './delivery-facts.js';
import type { HistoryRecord } from './history-record.js';
import { eventOfNobody, eventOfRequest, mergeEvents, type StoredEvent } from './stored-event.js';

/** Records sorted out by table, each row once and in the order of its key, so that two instances cannot lock each other up. */
export interface Batch {
  readonly events: readonly StoredEvent[];
  readonly attempts: readonly DeliveryAttemptedV1[];
  readonly outcomes: readonly DeliveryOutcomeV1[];
  readonly deliveries: readonly DeliveryFacts[];
  /** The newest of each webhook; null: it is no more. */
  readonly health: readonly (readonly [webhookId: string, EndpointHealthV1 | null])[];
  /** Whether an attempt, an outcome or a state of health of this batch was published after the last rebuild. */
  isNews(message: DeliveryAttemptedV1 | DeliveryOutcomeV1 | EndpointHealthV1): boolean;
}

/** @param rebuiltAt milliseconds since the epoch; what was published before is no news */
export function batchOf(records: readonly HistoryRecord[], rebuiltAt: number): Batch {
  const events = new Map<string, StoredEvent>();
  const attempts = new Map<string, DeliveryAttemptedV1>();
  const outcomes = new Map<string, DeliveryOutcomeV1>();
  const deliveries = new Map<string, DeliveryFacts>();
  const health = new Map<string, EndpointHealthV1 | null>();
  const news = new Set<unknown>();
  const learn = (facts: DeliveryFacts): void => {
    const known = deliveries.get(facts.id);
    deliveries.set(facts.id, known ? mergeFacts(known, facts) : facts);
  };
  const see = (event: StoredEvent): void => {
    const known = events.get(event.key);
    events.set(event.key, known ? mergeEvents(known, event) : event);
  };
  for (const record of records) {
    const isNew = record.publishedAt > rebuiltAt;
    switch (record.kind) {
      case 'requested':
        see(eventOfRequest(record.requested));
        learn(factsOfRequest(record.requested, record.publishedAt));
        break;
      case 'unmatched':
        see(eventOfNobody(record.unmatched));
        break;
      case 'attempted':
        attempts.set(record.attempted.id, record.attempted);
        if (isNew) news.add(record.attempted);
        learn(factsOfAttempt(record.attempted));
        break;
      case 'outcome':
        outcomes.set(record.outcome.deliveryId, record.outcome);
        if (isNew) news.add(record.outcome);
        learn(factsOfOutcome(record.outcome));
        break;
      case 'health': {
        const known = health.get(record.health.webhookId);
        if (known && known.version >= record.health.version) break;
        health.set(record.health.webhookId, record.health);
        if (isNew) news.add(record.health);
        break;
      }
      case 'health-gone':
        health.set(record.webhookId, null);
    }
  }
  return {
    events: sorted(events),
    attempts: sorted(attempts),
    outcomes: sorted(outcomes),
    deliveries: sorted(deliveries),
    health: [...health].sort(([a], [b]) => (a < b ? -1 : 1)),
    isNews: (message) => news.has(message),
  };
}

function sorted<T>(rows: ReadonlyMap<string, T>): T[] {
  return [...rows].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, row]) => row);
}
