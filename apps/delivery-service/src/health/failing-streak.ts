import type { AutoDisableReason } from '#libs/contracts';

/** Nothing but failures, since when and with what consequence. */
export interface FailingStreak {
  /** Milliseconds since the epoch; `null` when the last attempt succeeded. */
  readonly since: number | null;
  readonly failures: number;
  /** The last warning: 0, 50, 70 or 90 percent of the time to auto-disable. */
  readonly warnedPercent: number;
  readonly autoDisabled: AutoDisableReason | null;
}

export const NO_STREAK: FailingStreak = { since: null, failures: 0, warnedPercent: 0, autoDisabled: null };

/** A webhook that rarely has anything to send is not given up after a handful of attempts. */
export const MIN_FAILURES = 10;

const WARNINGS = [90, 70, 50];

/**
 * The streak after one more failure. Any answer that is not 2xx counts, as does none at all: a webhook whose endpoint
 * answers 404 for days is as dead as one that does not answer. Auto-disable never comes without a warning before it.
 */
export function afterFailure(streak: FailingStreak, now: number, autoDisableAfterMs: number): FailingStreak {
  const since = streak.since ?? now;
  const failures = streak.failures + 1;
  const percent = ((now - since) / autoDisableAfterMs) * 100;
  const warnedPercent = Math.max(streak.warnedPercent, WARNINGS.find((warning) => percent >= warning) ?? 0);
  const due = percent >= 100 && failures >= MIN_FAILURES && streak.warnedPercent > 0;
  return { since, failures, warnedPercent, autoDisabled: streak.autoDisabled ?? (due ? 'failing' : null) };
}

/** The streak after a 410, by which the receiver itself asks to be left alone. */
export function afterGone(streak: FailingStreak, now: number): FailingStreak {
  return { ...streak, since: streak.since ?? now, failures: streak.failures + 1, autoDisabled: 'gone' };
}
