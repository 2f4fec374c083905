import {
  decodeAttempted,
  decodeDeliveryRequested,
  decodeEndpointHealth,
  decodeEventUnmatched,
  decodeOutcome,
  type DeliveryAttemptedV1,
  type DeliveryOutcomeV1,
  type DeliveryRequestedV1,
  type EndpointHealthV1,
  type EventUnmatchedV1,
  headerText,
  isDeliveryCommand,
  type ReceivedRecord,
} from '#libs/contracts';

/** A record that the history is made of. */
export type HistoryRecord = {
  /** When it was published, milliseconds since the epoch: the same whenever it is read. */
  readonly publishedAt: number;
} & (
  | { readonly kind: 'requested'; readonly requested: DeliveryRequestedV1 }
  | { readonly kind: 'unmatched'; readonly unmatched: EventUnmatchedV1 }
  | { readonly kind: 'attempted'; readonly attempted: DeliveryAttemptedV1 }
  | { readonly kind: 'outcome'; readonly outcome: DeliveryOutcomeV1 }
  | { readonly kind: 'health'; readonly health: EndpointHealthV1 }
  | { readonly kind: 'health-gone'; readonly webhookId: string }
);

export const HISTORY_TOPICS = ['deliveries', 'unmatchedEvents', 'attempts', 'outcomes', 'endpointHealth'] as const;
export type HistoryTopic = (typeof HISTORY_TOPICS)[number];

/** @returns undefined for a record that the history does not need @throws ContractViolation when it cannot be read */
export function readHistoryRecord(topic: HistoryTopic, record: ReceivedRecord): HistoryRecord | undefined {
  const publishedAt = record.timestamp;
  switch (topic) {
    case 'deliveries':
      if (isDeliveryCommand(headerText(record.headers, 'ce_type'))) return undefined;
      return { kind: 'requested', publishedAt, requested: decodeDeliveryRequested(record) };
    case 'unmatchedEvents':
      return { kind: 'unmatched', publishedAt, unmatched: decodeEventUnmatched(record) };
    case 'attempts':
      return { kind: 'attempted', publishedAt, attempted: decodeAttempted(record) };
    case 'outcomes':
      return { kind: 'outcome', publishedAt, outcome: decodeOutcome(record) };
    case 'endpointHealth':
      if (record.value === null) return { kind: 'health-gone', publishedAt, webhookId: record.key?.toString('utf8') ?? '' };
      return { kind: 'health', publishedAt, health: decodeEndpointHealth(record) };
  }
}
