import type { AttemptTrigger, DeliveryPast, DeliveryRequestedV1 } from '#libs/contracts';

/** A delivery as it lies in the due table. */
export interface ClaimedDelivery {
  readonly request: DeliveryRequestedV1;
  /** Names the stored event. */
  readonly eventKey: string;
  /** Seconds since it was due, by the clock of the database; negative when it is not due yet. */
  readonly lateBy: number;
}

/** A row of the due table with its event, as the database gives it. */
export interface DueRow {
  readonly delivery_id: string;
  readonly webhook_id: string;
  readonly event_key: string;
  readonly attempt: number;
  readonly wait: number;
  readonly trigger: AttemptTrigger;
  readonly requested_at: string;
  readonly first_attempt_at: string | null;
  readonly last_status_code: number | null;
  readonly last_error_class: DeliveryPast['lastErrorClass'];
  readonly late_by: number;
  readonly event_id: string;
  readonly account_id: string;
  readonly source: string;
  readonly event_type: string;
  readonly event_time: string;
  readonly channel_id: string | null;
  readonly context: string | null;
  readonly data_content_type: string | null;
  readonly traceparent: string | null;
  readonly data: Buffer;
}

/** A row whose event is gone. */
export type TornRow = Pick<DueRow, 'delivery_id'> & { readonly data: null };

export const hasEvent = (row: DueRow | TornRow): row is DueRow => row.data !== null;

export function claimedOf(row: DueRow): ClaimedDelivery {
  const past: DeliveryPast | null =
    row.first_attempt_at === null
      ? null
      : { firstAttemptAt: row.first_attempt_at, lastStatusCode: row.last_status_code, lastErrorClass: row.last_error_class };
  return {
    eventKey: row.event_key,
    lateBy: row.late_by,
    request: {
      deliveryId: row.delivery_id,
      webhookId: row.webhook_id,
      attempt: row.attempt,
      trigger: row.trigger,
      wait: row.wait,
      requestedAt: row.requested_at,
      past,
      event: {
        id: row.event_id,
        source: row.source,
        type: row.event_type,
        time: row.event_time,
        accountId: row.account_id,
        channelId: row.channel_id ?? undefined,
        context: row.context ?? undefined,
        dataContentType: row.data_content_type ?? undefined,
        traceparent: row.traceparent ?? undefined,
        data: row.data,
      },
    },
  };
}
