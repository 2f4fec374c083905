import { type DeliveryPast, type DiscardReason, type ErrorClass, FIRST_REDELIVERY_WAIT } from '#libs/contracts';
import type { DeliveryState } from '../history-schema/index.js';

/** What the history knows of a delivery. */
export interface PastDelivery {
  readonly id: string;
  readonly webhookId: string;
  readonly accountId: string;
  readonly eventId: string;
  readonly test: boolean;
  /** Of the event's data; null until the history has read the request. */
  readonly eventKey: string | null;
  readonly state: DeliveryState;
  readonly attempts: number;
  /** RFC 3339; null before the first attempt. */
  readonly firstAttemptAt: string | null;
  readonly lastStatusCode: number | null;
  readonly lastErrorClass: ErrorClass | null;
  /** Why it was discarded; null unless it was. */
  readonly discardReason: DiscardReason | null;
  /** Milliseconds since the epoch; null as long as its outcome is not known. */
  readonly endedAt: number | null;
}

/** Which record of a delivery asks for the next attempt: copies of it are dropped by the delivery-service. */
export interface NextAttempt {
  readonly attempt: number;
  readonly wait: number;
}

/** The column of the due table holds 31 bits. */
const DISTINCT_ENDS = 2_000_000_000;

export function hasEnded({ state }: Pick<PastDelivery, 'state'>): boolean {
  return state !== 'pending' && state !== 'retrying';
}

/**
 * The record that sends an ended delivery again. It is named by the end that it follows, so that two calls, or a job that
 * begins anew after a crash, ask for the same attempt once. A delivery that was discarded has no attempt of its own to be
 * told by: there the time of its end does it.
 */
export function nextAttempt({
  attempts,
  discardReason,
  endedAt,
}: Pick<PastDelivery, 'attempts' | 'discardReason' | 'endedAt'>): NextAttempt {
  const wait = discardReason === null || endedAt === null ? FIRST_REDELIVERY_WAIT : FIRST_REDELIVERY_WAIT + 1 + (endedAt % DISTINCT_ENDS);
  return { attempt: attempts + 1, wait };
}

/** The same as SQL, over the columns of `history.deliveries` under this alias. */
export function nextWaitSql(alias: string): string {
  return `case when ${alias}.outcome_reason is null or ${alias}.outcome_at is null then ${FIRST_REDELIVERY_WAIT}
               else ${FIRST_REDELIVERY_WAIT} + 1 + floor(extract(epoch from ${alias}.outcome_at) * 1000)::bigint % ${DISTINCT_ENDS} end::integer`;
}

export function pastOf({ firstAttemptAt, lastStatusCode, lastErrorClass }: PastDelivery): DeliveryPast | null {
  return firstAttemptAt === null ? null : { firstAttemptAt, lastStatusCode, lastErrorClass };
}
