import type { Verdict } from './attempt.js';

export interface RetryRules {
  /** Attempts that a delivery gets, the first one included. */
  readonly attempts: number;
  /** Milliseconds before the second attempt; doubles from one to the next. */
  readonly firstDelayMs: number;
  /** No delay is longer, whatever `Retry-After` says. */
  readonly maxDelayMs: number;
}

/** Short, because the retries of these rules wait in memory and their records stay unfinished meanwhile. */
export const IMMEDIATE_DELAYS = { firstDelayMs: 200, maxDelayMs: 5000 } as const;

const JITTER = 0.2;

/**
 * When the next attempt is due, or undefined when there is none.
 * @param attempt the number of the attempt that has failed
 * @param now milliseconds since the epoch
 * @param random from 0 to 1; spreads deliveries that failed together
 */
export function nextAttemptAt(attempt: number, verdict: Verdict, rules: RetryRules, now: number, random: number): number | undefined {
  if (verdict.status === 'succeeded' || verdict.final || attempt >= rules.attempts) return undefined;
  const backoff = rules.firstDelayMs * 2 ** (attempt - 1) * (1 - JITTER + 2 * JITTER * random);
  const floor = retryAfterMs(verdict.retryAfter, now) ?? 0;
  return now + Math.round(Math.min(Math.max(backoff, floor), rules.maxDelayMs));
}

/**
 * `Retry-After` as milliseconds from now: seconds or an HTTP date (RFC 9110, §10.2.3). A date in the past is 0.
 * @returns undefined for anything else, such as negative or fractional seconds
 */
export function retryAfterMs(value: string | null, now: number): number | undefined {
  if (value === null) return undefined;
  const text = value.trim();
  if (/^\d+$/.test(text)) return Number(text) * 1000;
  // Every form of an HTTP date names a weekday; Date.parse alone would also read "-1" and "12".
  const date = /^(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun)/.test(text) ? Date.parse(text) : Number.NaN;
  return Number.isNaN(date) ? undefined : Math.max(0, date - now);
}
