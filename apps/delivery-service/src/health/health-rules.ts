/** What a deployment may set. */
export interface HealthRules {
  /** How long a circuit stays open at first, in milliseconds; doubles with each opening in a row… */
  readonly openMs: number;
  /** …up to this. */
  readonly maxOpenMs: number;
  /** Milliseconds of nothing but failures after which a webhook is to be disabled. */
  readonly autoDisableAfterMs: number;
  /** Endpoints that are kept in memory; the state of the others is read from the topic again when it is needed. */
  readonly maxTracked: number;
}

const HOUR_MS = 3_600_000;

export const DEFAULT_HEALTH_RULES: HealthRules = {
  openMs: 30_000,
  maxOpenMs: 15 * 60_000,
  autoDisableAfterMs: 5 * 24 * HOUR_MS,
  maxTracked: 10_000,
};

/** The longest that a `Retry-After` is heeded (contract, §4). */
export const MAX_PAUSE_MS = 24 * HOUR_MS;

/** How long a circuit stays open. @param openings in a row, this one included */
export function openTime(openings: number, rules: HealthRules): number {
  return Math.min(rules.maxOpenMs, rules.openMs * 2 ** Math.min(openings - 1, 30));
}
