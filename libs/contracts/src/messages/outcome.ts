import { jsonRecord, readJsonRecord } from '../cloud-event.js';
import type { ReceivedRecord, WireRecord } from '../wire-record.js';
import { ERROR_CLASSES, type ErrorClass } from './attempted.js';
import { shapeCheck } from './shape-check.js';

export const DELIVERY_RESULTS = ['succeeded', 'failed', 'discarded'] as const;
export type DeliveryResult = (typeof DELIVERY_RESULTS)[number];

/** The CloudEvents type of an outcome with this result. */
export function outcomeType(result: DeliveryResult): string {
  return `hookstream.delivery.${result}.v1`;
}

/** Why a delivery ended without a final attempt. */
export const DISCARD_REASONS = ['webhook_deleted', 'webhook_disabled', 'expired', 'cancelled'] as const;
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
}

const check = shapeCheck<DeliveryOutcomeV1>('hookstream.delivery.<result>.v1', {
  type: 'object',
  required: ['deliveryId', 'webhookId', 'eventId', 'eventType', 'result', 'attempts', 'lastStatusCode', 'lastErrorClass', 'firstAttemptAt', 'completedAt'],
  properties: {
    result: { enum: [...DELIVERY_RESULTS] },
    reason: { enum: [...DISCARD_REASONS, null] },
    attempts: { type: 'integer', minimum: 0 },
    lastErrorClass: { enum: [...ERROR_CLASSES, null] },
  },
});

/** As a record for `hookstream.outcomes`; its `ce_id` depends on the delivery alone, so repeats can be told. */
export function encodeOutcome(message: DeliveryOutcomeV1, source: string): WireRecord {
  return jsonRecord(
    {
      id: `${message.deliveryId}:outcome`,
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

/** @throws ContractViolation when the record is not an outcome */
export function decodeOutcome(record: Pick<ReceivedRecord, 'headers' | 'value'>): DeliveryOutcomeV1 {
  return check(readJsonRecord(record, DELIVERY_RESULTS.map(outcomeType)).data);
}
