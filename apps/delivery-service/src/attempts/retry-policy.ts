import type { DeliveryRequestedV1, RetryPolicyState } from '#libs/contracts';
import type { Verdict } from './attempt.js';
import { expiresAt } from './delivery.js';

export interface RetryRules {
  /** Milliseconds before attempts 2, 3, …, where the webhook sets none of its own. */
  readonly scheduleMs: readonly number[];
  /** Milliseconds from the request of a delivery to when it is given up. */
  readonly maxAgeMs: number;
}

const JITTER = 0.2;
const LONGEST_RETRY_AFTER_MS = 86_400_000;

/**
 * When the next attempt is due, in milliseconds since the epoch, or undefined when there is none. Never later than the
 * delivery expires: then its end is told in time.
 * @param now milliseconds since the epoch
 * @param random from 0 to 1; spreads deliveries that failed together
 */
export function nextAttemptAt(
  request: DeliveryRequestedV1,
  verdict: Verdict,
  own: RetryPolicyState | null,
  rules: RetryRules,
  now: number,
  random: number,
): number | undefined {
  if (verdict.status === 'succeeded' || verdict.final || request.trigger === 'test') return undefined;
  if (verdict.statusCode !== null && own?.finalStatuses.includes(verdict.statusCode)) return undefined;
  const delay = (own?.scheduleMs ?? rules.scheduleMs)[request.attempt - 1];
  if (delay === undefined) return undefined;
  const floor = Math.min(retryAfterMs(verdict.retryAfter, now) ?? 0, LONGEST_RETRY_AFTER_MS);
  const dueAt = now + Math.round(Math.max(delay * (1 - JITTER + 2 * JITTER * random), floor));
  return Math.max(now, Math.min(dueAt, expiresAt(request, rules.maxAgeMs, now)));
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
