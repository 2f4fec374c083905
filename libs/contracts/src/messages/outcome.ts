import { jsonRecord, readJsonRecord } from '../cloud-event.js';
import { Topics } from '../topics.js';
import type { ReceivedRecord, WireRecord } from '../wire-record.js';
import { ERROR_CLASSES, type ErrorClass } from './error-class.js';
import { objectOf, type MessageSpec } from './message-spec.js';
import { shapeCheck } from './shape-check.js';

export const DELIVERY_RESULTS = ['succeeded', 'failed', 'discarded'] as const;
export type DeliveryResult = (typeof DELIVERY_RESULTS)[number];

/** The CloudEvents type of an outcome with this result. */
export function outcomeType(result: DeliveryResult): string {
  return `hookstream.delivery.${result}.v1`;
}

/** Why a delivery ended without a final attempt. */
export const DISCARD_REASONS = ['webhook_deleted', 'webhook_disabled', 'expired', 'cancelled', 'filter_failed'] as const;
export type DiscardReason = (typeof DISCARD_REASONS)[number];

/** The one final record of a delivery, public, on `hookstream.outcomes`. */
export interface DeliveryOutcomeV1 {
  readonly deliveryId: string;
  readonly webhookId: string;
  readonly accountId: string;
  readonly channelId: string | null;
  readonly eventId: string;
  readonly eventType: string;
  readonly result: DeliveryResult;
  /** Why it was discarded; `null` for the other results. */
  readonly reason: DiscardReason | null;
  /** Attempts made. */
  readonly attempts: number;
  readonly lastStatusCode: number | null;
  readonly lastErrorClass: ErrorClass | null;
  /** RFC 3339; `null` when no attempt was made. */
  readonly firstAttemptAt: string | null;
  readonly completedAt: string;
  /** Milliseconds from the request of the delivery to its end. */
  readonly totalMs: number;
  /** RFC 3339: when the redelivery was asked for that ended so. Absent: what ended was asked for once. */
  readonly redeliveredAt?: string | undefined;
}

export const deliveryOutcomeV1: MessageSpec<DeliveryOutcomeV1> = {
  name: 'DeliveryOutcome',
  version: 1,
  types: DELIVERY_RESULTS.map(outcomeType),
  topic: Topics.outcomes,
  summary:
    'How a delivery ended. Each delivery has exactly one outcome, and one more for each time that it is sent again; a repeat after a crash has the same `ce_id`.',
  fixture: 'delivery-succeeded-again.v1',
  schema: objectOf<DeliveryOutcomeV1>(
    {
      deliveryId: { type: 'string', description: 'The delivery, `dlv_…`; one event to one webhook.' },
      webhookId: { type: 'string', description: 'The webhook, `wh_…`; also the key of the record.' },
      accountId: { type: 'string', description: 'The account that owns the webhook.' },
      channelId: { type: ['string', 'null'], description: 'The channel of the event, if it has one.' },
      eventId: { type: 'string', description: 'The event as its publisher named it; sent as `webhook-id`.' },
      eventType: { type: 'string', description: 'The type of the event, such as `order_created`.' },
      result: { type: 'string', enum: DELIVERY_RESULTS, description: 'The end: answered with 2xx, given up, or not wanted any more.' },
      reason: {
        type: ['string', 'null'],
        enum: [...DISCARD_REASONS, null],
        description: 'Why it was discarded; null for the other results.',
      },
      attempts: { type: 'integer', minimum: 0, description: 'How many attempts were made.' },
      lastStatusCode: { type: ['integer', 'null'], description: 'HTTP status of the last answer; null when there was none.' },
      lastErrorClass: {
        type: ['string', 'null'],
        enum: [...ERROR_CLASSES, null],
        description: 'The kind of failure of the last attempt; null when it succeeded or none was made.',
      },
      firstAttemptAt: { type: ['string', 'null'], description: 'When the first attempt began, RFC 3339; null when none was made.' },
      completedAt: { type: 'string', description: 'When the delivery ended, RFC 3339.' },
      totalMs: { type: 'integer', minimum: 0, description: 'Milliseconds from the request of the delivery to its end.' },
      redeliveredAt: { type: 'string', description: 'When the redelivery was asked for that ended so, RFC 3339; absent of a first end.' },
    },
    ['redeliveredAt'],
  ),
};

const check = shapeCheck(deliveryOutcomeV1);

/**
 * As a record for `hookstream.outcomes`. Its `ce_id` depends on the delivery, and on the redelivery if it was one, and not on how it
 * ended: so repeats can be told, and none is taken for the end of another redelivery.
 */
export function encodeOutcome(message: DeliveryOutcomeV1, source: string): WireRecord {
  return jsonRecord(
    {
      id: outcomeId(message),
      source,
      type: outcomeType(message.result),
      time: message.completedAt,
      subject: message.webhookId,
      accountId: message.accountId,
      channelId: message.channelId ?? undefined,
    },
    message,
  );
}

function outcomeId({ deliveryId, redeliveredAt }: DeliveryOutcomeV1): string {
  return redeliveredAt === undefined ? `${deliveryId}:outcome` : `${deliveryId}:outcome:${Date.parse(redeliveredAt)}`;
}

/** @throws ContractViolation when the record is not an outcome */
export function decodeOutcome(record: Pick<ReceivedRecord, 'headers' | 'value'>): DeliveryOutcomeV1 {
  return check(readJsonRecord(record, DELIVERY_RESULTS.map(outcomeType)).data);
}
