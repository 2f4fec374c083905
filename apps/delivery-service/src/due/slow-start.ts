/**
 * When each of many rows comes, in seconds from now, by its number n = 1, 2, …: `tau · log2(1 + n · k)` up to number
 * `knee`, and after that one every `1 / perSecond` seconds.
 */
export interface Curve {
  readonly tau: number;
  readonly k: number;
  readonly knee: number;
  readonly kneeAt: number;
  readonly perSecond: number;
}

/** The rate doubles every so many seconds, from this share of the full one. */
const DOUBLES_IN_SECONDS = 5;
const FIRST_SHARE = 1 / 16;

/** Begins slowly: whoever was away and comes back must not be met by everything at once. */
export function slowStart(perSecond: number): Curve {
  const first = Math.min(perSecond, Math.max(1, perSecond * FIRST_SHARE));
  // The rate is first · 2^(t / tau); its integral is the number that has come, solved for t.
  return {
    tau: DOUBLES_IN_SECONDS,
    k: Math.LN2 / (first * DOUBLES_IN_SECONDS),
    knee: ((perSecond - first) * DOUBLES_IN_SECONDS) / Math.LN2,
    kneeAt: DOUBLES_IN_SECONDS * Math.log2(perSecond / first),
    perSecond,
  };
}

/** One after the other from some time on, in seconds from now. */
export function steady(perSecond: number, from: number): Curve {
  return { tau: 0, k: 0, knee: 0, kneeAt: from, perSecond };
}

/** When row `n` comes, in seconds from now: what the database works out for each. */
export function comesAt({ tau, k, knee, kneeAt, perSecond }: Curve, n: number): number {
  return n <= knee ? tau * Math.log2(1 + n * k) : kneeAt + (n - knee) / perSecond;
}
