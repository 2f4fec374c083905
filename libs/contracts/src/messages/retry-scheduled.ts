import { requiredHeader } from '../cloud-event.js';
import { ContractViolation } from '../contract-violation.js';
import type { ReceivedRecord, WireRecord } from '../wire-record.js';
import { decodeDelivery, encodeDelivery, type DeliveryRequestedV1 } from './delivery-requested.js';

export const RETRY_SCHEDULED = 'hookstream.delivery.retry-scheduled.v1';

/** Why a delivery waits: its last attempt failed, or none was made because the way was not free. */
export const WAIT_CAUSES = ['failed', 'circuit-open', 'lane-full', 'rate-limited', 'disabled'] as const;
export type WaitCause = (typeof WAIT_CAUSES)[number];

/** A delivery that is to be requested again later, on `hookstream.retries`. The record's value is the event's data, as published. */
export interface RetryScheduledV1 {
  /** The request as it will be written to `hookstream.deliveries` when it is due: attempt and wait already counted up. */
  readonly delivery: DeliveryRequestedV1;
  /** RFC 3339. Of a delivery that waits for its webhook to be enabled: when it expires. */
  readonly dueAt: string;
  readonly cause: WaitCause;
}

/** As a record for `hookstream.retries`. */
export function encodeRetryScheduled(message: RetryScheduledV1, source: string): WireRecord {
  const record = encodeDelivery(RETRY_SCHEDULED, message.delivery, source);
  return { ...record, headers: { ...record.headers, ce_dueat: message.dueAt, ce_cause: message.cause } };
}

/** @throws ContractViolation when the record is not a scheduled retry */
export function decodeRetryScheduled(record: Pick<ReceivedRecord, 'headers' | 'value'>): RetryScheduledV1 {
  const delivery = decodeDelivery(RETRY_SCHEDULED, record);
  const dueAt = requiredHeader(record.headers, 'ce_dueat');
  const cause = requiredHeader(record.headers, 'ce_cause') as WaitCause;
  if (Number.isNaN(Date.parse(dueAt)) || !WAIT_CAUSES.includes(cause)) {
    throw new ContractViolation('MESSAGE_SHAPE_INVALID', 'ce_dueat is not a time or ce_cause is not a known cause');
  }
  return { delivery, dueAt, cause };
}
