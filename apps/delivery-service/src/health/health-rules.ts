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

const UNITS_MS = { ms: 1, s: 1000, m: 60_000, h: HOUR_MS, d: 24 * HOUR_MS };

/** A duration such as `30s`, `12h` or `5d`, in milliseconds. @throws Error naming the rule */
export function parseDuration(text: string): number {
  const [, count, unit] = /^(\d{1,9})(ms|s|m|h|d)$/.exec(text) ?? [];
  if (!unit || Number(count) === 0) throw new Error('must be a number above 0 with its unit: ms, s, m, h or d');
  return Number(count) * UNITS_MS[unit as keyof typeof UNITS_MS];
}
