import type { AutoDisableReason, DeliveryAttemptedV1, EndpointHealthV1, ErrorClass } from '#libs/contracts';

/** A failed attempt, as far as a mail may tell of it: no payload, no header, of the URL only the host. */
export interface Failure {
  readonly attemptId: string;
  readonly deliveryId: string;
  readonly eventId: string;
  readonly eventType: string;
  readonly host: string;
  readonly attempt: number;
  readonly statusCode: number | null;
  readonly errorClass: ErrorClass | null;
  /** The error in the sender's words, where they say more than its class. */
  readonly error: string | null;
  readonly durationMs: number;
  /** RFC 3339. */
  readonly attemptedAt: string;
  readonly nextAttemptAt: string | null;
}

/** Failures that no mail has told of yet. */
export interface Gathered {
  readonly count: number;
  /** How many of them were the last attempt of their delivery. */
  readonly givenUp: number;
  /** RFC 3339: when the earliest was made. */
  readonly since: string;
  /** The first ones, at most `KEPT_FAILURES`. */
  readonly kept: readonly Failure[];
  readonly last: Failure;
}

export interface Trouble {
  /** RFC 3339: when the circuit left `closed`; null while it is closed. */
  readonly openSince: string | null;
  readonly openTold: boolean;
  readonly failingSince: string | null;
  readonly nextProbeAt: string | null;
  readonly consecutiveFailures: number;
  readonly statusCode: number | null;
  readonly errorClass: ErrorClass | null;
  readonly changedAt: string;
  readonly warnedPercent: number;
  readonly warnedTold: number;
  readonly autoDisabled: AutoDisableReason | null;
  readonly disabledTold: boolean;
}

/** What is to be known of a webhook to decide which mails its owner gets. Times with `Ms`: milliseconds since the epoch. */
export interface Standing {
  readonly gathered: Gathered | null;
  /** When the last mail about failures was made: the digest waits from then. */
  readonly toldMs: number | null;
  /** The first failure that a mail told of since the last one about a recovery, RFC 3339. */
  readonly downSince: string | null;
  /** The newest attempt. */
  readonly lastAttempt: { readonly at: string; readonly ok: boolean; readonly eventType: string; readonly host: string } | null;
  readonly recoveryToldMs: number | null;
  readonly trouble: Trouble | null;
}

export const QUIET: Standing = { gathered: null, toldMs: null, downSince: null, lastAttempt: null, recoveryToldMs: null, trouble: null };

/** So many failures are named one by one; the rest is counted. */
export const KEPT_FAILURES = 20;

/** Whether an attempt says anything about a webhook: tests do not, and cannot be told apart by their result. */
export function counts(attempt: DeliveryAttemptedV1): boolean {
  return attempt.trigger !== 'test';
}

/** The standing after one more attempt. */
export function learnAttempt(standing: Standing, attempt: DeliveryAttemptedV1): Standing {
  const ok = attempt.status === 'succeeded';
  const at = attempt.attemptedAt;
  const newest = standing.lastAttempt === null || Date.parse(at) >= Date.parse(standing.lastAttempt.at);
  const host = hostOf(attempt.request.url);
  const lastAttempt = newest ? { at, ok, eventType: attempt.eventType, host } : standing.lastAttempt;
  return { ...standing, lastAttempt, gathered: ok ? standing.gathered : gather(standing.gathered, failureOf(attempt, host)) };
}

/** The standing after a newer state of the endpoint; each opening, warning and disabling is told once. */
export function learnHealth(standing: Standing, health: EndpointHealthV1): Standing {
  const before = standing.trouble;
  const openSince = health.circuit === 'closed' ? null : (before?.openSince ?? health.since);
  if (openSince === null && health.warnedPercent === 0 && health.autoDisabled === null) return { ...standing, trouble: null };
  const trouble: Trouble = {
    openSince,
    openTold: openSince !== null && (before?.openTold ?? false),
    failingSince: health.failingSince,
    nextProbeAt: health.nextProbeAt,
    consecutiveFailures: health.consecutiveFailures,
    statusCode: health.lastStatusCode,
    errorClass: health.lastErrorClass,
    changedAt: health.changedAt,
    warnedPercent: health.warnedPercent,
    warnedTold: Math.min(before?.warnedTold ?? 0, health.warnedPercent),
    autoDisabled: health.autoDisabled,
    disabledTold: health.autoDisabled !== null && before?.autoDisabled === health.autoDisabled && before.disabledTold,
  };
  return { ...standing, trouble };
}

function gather(gathered: Gathered | null, failure: Failure): Gathered {
  const givenUp = failure.nextAttemptAt === null ? 1 : 0;
  if (!gathered) return { count: 1, givenUp, since: failure.attemptedAt, kept: [failure], last: failure };
  return {
    count: gathered.count + 1,
    givenUp: gathered.givenUp + givenUp,
    since: gathered.since < failure.attemptedAt ? gathered.since : failure.attemptedAt,
    kept: gathered.kept.length < KEPT_FAILURES ? [...gathered.kept, failure] : gathered.kept,
    last: failure,
  };
}

function failureOf(attempt: DeliveryAttemptedV1, host: string): Failure {
  const { id: attemptId, deliveryId, eventId, eventType, statusCode, errorClass, durationMs, attemptedAt, nextAttemptAt } = attempt;
  // Of the other classes the words may name what the receiver said.
  const error = errorClass === 'tls' ? (attempt.error?.slice(0, 200) ?? null) : null;
  const result = { statusCode, errorClass, error, durationMs, attemptedAt, nextAttemptAt };
  return { attemptId, deliveryId, eventId, eventType, host, attempt: attempt.attempt, ...result };
}

/** Host and port alone: user names, paths and queries may hold credentials. */
function hostOf(url: string): string {
  return URL.canParse(url) ? new URL(url).host : 'an unreadable URL';
}
