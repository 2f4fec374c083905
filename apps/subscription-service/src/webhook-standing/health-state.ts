/** The health of a webhook as people sort it: `paused` by an open circuit, `probing` by a half-open one. */
export const HEALTH_STATES = ['healthy', 'paused', 'probing', 'disabled'] as const;
export type HealthState = (typeof HEALTH_STATES)[number];
