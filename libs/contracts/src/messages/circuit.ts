/** States of the circuit breaker of an endpoint. Open: no attempts are made; half-open: one probe is under way. */
export const CIRCUITS = ['closed', 'open', 'half-open'] as const;
export type Circuit = (typeof CIRCUITS)[number];
