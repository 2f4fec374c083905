import type { AttemptTrigger, Circuit, DeliveryAttemptedV1, DeliveryResult, DiscardReason, ErrorClass } from '#libs/contracts';

export const DELIVERY_STATES = ['pending', 'retrying', 'succeeded', 'failed', 'discarded'] as const;
export type DeliveryState = (typeof DELIVERY_STATES)[number];

/** A row of `history.attempts`, as the driver reads it. */
export interface AttemptRow {
  readonly id: string;
  readonly delivery_id: string;
  readonly webhook_id: string;
  readonly account_id: string;
  readonly channel_id: string | null;
  readonly event_id: string;
  readonly event_type: string;
  readonly attempt: number;
  readonly trigger: AttemptTrigger;
  readonly status: 'succeeded' | 'failed';
  readonly status_code: number | null;
  readonly error_class: ErrorClass | null;
  readonly circuit: Circuit;
  readonly attempted_at: Date;
  readonly next_attempt_at: Date | null;
  readonly duration_ms: number;
  /** Of `history.bodies`; null when the request had no body. */
  readonly body_key: string | null;
  /** JSON of `AttemptDetail`. */
  readonly detail: string;
}

/** What only the detail of an attempt shows. */
export interface AttemptDetail {
  readonly error: string | null;
  readonly request: Omit<DeliveryAttemptedV1['request'], 'body'>;
  readonly response: DeliveryAttemptedV1['response'];
  readonly timings: DeliveryAttemptedV1['timings'];
  readonly resolvedAddress: string | null;
}

/** A row of `history.deliveries`; the last four columns are generated from the others. */
export interface DeliveryRow {
  readonly id: string;
  readonly webhook_id: string;
  readonly account_id: string;
  readonly channel_id: string | null;
  readonly event_id: string;
  readonly event_type: string;
  readonly test: boolean;
  /** Of `history.events`; null until the request of the delivery has been read. */
  readonly event_key: string | null;
  readonly requested_at: Date | null;
  readonly first_attempt_at: Date | null;
  readonly last_attempt: number;
  readonly last_attempt_id: string | null;
  readonly last_attempt_status: 'succeeded' | 'failed' | null;
  readonly last_status_code: number | null;
  readonly last_error_class: ErrorClass | null;
  /** Of the last attempt; of meaning while the state is `retrying`. */
  readonly next_attempt_at: Date | null;
  readonly outcome: DeliveryResult | null;
  readonly outcome_reason: DiscardReason | null;
  readonly outcome_attempts: number | null;
  readonly outcome_at: Date | null;
  /** A decimal number: the driver reads bigint as text. */
  readonly total_ms: string | null;
  /** The attempt that the latest redelivery asked for, and when. */
  readonly redelivery_attempt: number | null;
  readonly redelivery_at: Date | null;
  readonly attempts: number;
  readonly created_at: Date;
  readonly completed_at: Date | null;
  readonly state: DeliveryState;
}

/** A row of `history.events`: an event with its data, as it was published but for what is redacted. */
export interface EventRow {
  readonly key: string;
  readonly account_id: string;
  readonly source: string;
  readonly event_id: string;
  readonly event_type: string;
  readonly event_time: string;
  readonly channel_id: string | null;
  readonly context: string | null;
  readonly data_content_type: string | null;
  readonly traceparent: string | null;
  readonly data: Buffer;
  /** Whether something was taken out, so that the data is not what would have to be sent again. */
  readonly redacted: boolean;
  /** When no webhook of the account wanted it; null: nobody said so. It may have been sent to one since. */
  readonly unmatched_at: Date | null;
}

/** A row of `history.circuits`, the latest `hookstream.endpoint-health` of a webhook. */
export interface CircuitRow {
  readonly webhook_id: string;
  readonly account_id: string;
  readonly version: string;
  readonly circuit: Circuit;
  readonly since: Date;
  readonly consecutive_failures: number;
  readonly openings: number;
  readonly next_probe_at: Date | null;
  readonly failing_since: Date | null;
  readonly warned_percent: number;
  readonly auto_disabled: string | null;
  readonly last_status_code: number | null;
  readonly last_error_class: ErrorClass | null;
  readonly changed_at: Date;
}

/** A row of `history.webhook_activity`: the latest attempt of a webhook that was no test. */
export interface WebhookActivityRow {
  readonly webhook_id: string;
  readonly account_id: string;
  readonly attempt_id: string;
  readonly delivery_id: string;
  readonly event_id: string;
  readonly event_type: string;
  readonly attempted_at: Date;
  readonly status: 'succeeded' | 'failed';
  readonly status_code: number | null;
  readonly last_succeeded_at: Date | null;
  readonly last_failed_at: Date | null;
}

/** Widths of `history.stat_buckets` in seconds. */
export const BUCKET_SECONDS = [60, 3600] as const;

/** A row of `history.stat_buckets`. */
export interface StatBucketRow {
  /** '' for the account in all. */
  readonly webhook_id: string;
  readonly account_id: string;
  readonly seconds: number;
  readonly start: Date;
  readonly succeeded: number;
  readonly failed: number;
  /** Answers 1xx, 2xx, 3xx, 4xx, 5xx, attempts without an answer. */
  readonly codes: readonly number[];
  /** Failed attempts by `ERROR_CLASSES`. */
  readonly errors: readonly number[];
  /** By duration: index i counts those of at most `LATENCY_BOUNDS_MS[i]` and more than the bound before; the last one the rest. */
  readonly latency: readonly number[];
  readonly duration_ms: string;
  /** Attempts that were the first of their delivery. */
  readonly deliveries: number;
}

/** A row of `history.event_type_days`: events, wanted or not, tests apart. */
export interface EventTypeDayRow {
  readonly account_id: string;
  readonly event_type: string;
  readonly day: Date;
  readonly events: number;
}

/** Upper bounds, in milliseconds, of the counts in `latency`; one more count follows for what took longer. */
export const LATENCY_BOUNDS_MS: readonly number[] = [
  ...[1, 2, 3, 4, 5, 7, 10, 13, 17, 22, 30, 40, 50, 70, 100, 130, 170, 220, 300, 400, 500, 700],
  ...[1_000, 1_300, 1_700, 2_200, 3_000, 4_000, 5_000, 7_000, 10_000, 13_000, 17_000, 22_000, 30_000],
];
