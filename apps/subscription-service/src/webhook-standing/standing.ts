import type { Circuit, ErrorClass } from '#libs/contracts';
import type { HealthState } from './health-state.js';

/** Last Event Hit: the latest attempt of a webhook that was no test. Times are RFC 3339. */
export interface LastEvent {
  readonly type: string;
  readonly time: string;
  readonly status: 'succeeded' | 'failed';
  readonly statusCode: number | null;
  readonly attemptId: string;
}

export interface HourCounts {
  readonly succeeded: number;
  readonly failed: number;
}

/** Attempts of the last 24 hours of the clock, the one that is under way included; tests apart. */
export interface WebhookCounts extends HourCounts {
  /** Oldest first. */
  readonly hours: readonly HourCounts[];
}

export interface WebhookHealth {
  readonly state: HealthState;
  /** As a sentence in English. */
  readonly words: string;
  /** What the last attempt failed with, in a word or two. */
  readonly reason: string | null;
  readonly circuit: Circuit;
  readonly since: string;
  readonly nextProbeAt: string | null;
  readonly failingSince: string | null;
  readonly consecutiveFailures: number;
  readonly recentAttempts: number;
  readonly recentFailures: number;
  readonly lastStatusCode: number | null;
  readonly lastErrorClass: ErrorClass | null;
  readonly waiting: number;
  readonly waitingIsLowerBound: boolean;
}

/** What is shown of a webhook beside its settings. */
export interface Standing {
  readonly lastEvent: LastEvent | null;
  readonly health: WebhookHealth;
  /** Null: the history does not answer. */
  readonly counts: WebhookCounts | null;
}

/** What has to be known of a webhook to say how it stands. */
export interface StandingSubject {
  readonly id: string;
  readonly status: 'enabled' | 'disabled';
  readonly disabledReason: string | null;
  readonly disabledAt: string | null;
  readonly createdAt: string;
}
