/**
 * The health of a webhook as people sort it: `failing` when the circuit lets everything through, yet nothing has succeeded
 * for a while, as with a receiver that answers 401; `paused` by an open circuit, `probing` by a half-open one.
 */
export const HEALTH_STATES = ['healthy', 'failing', 'paused', 'probing', 'disabled'] as const;
export type HealthState = (typeof HEALTH_STATES)[number];

/** What the endpoint of an enabled webhook is when it is not healthy. */
export type Trouble = Exclude<HealthState, 'healthy' | 'disabled'>;
export const TROUBLES: readonly Trouble[] = ['failing', 'paused', 'probing'];

/** Nothing but failures for longer than that is `failing`: a failure that a retry makes good within that time is no trouble. */
export const FAILING_AFTER_MS = 300_000;
