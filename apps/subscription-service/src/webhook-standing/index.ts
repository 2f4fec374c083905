export { COUNTS_EXAMPLE, HEALTH_EXAMPLE, HEALTHY_EXAMPLE, LAST_EVENT_EXAMPLE, STANDING_SCHEMAS } from './standing.openapi.js';
export { HEALTH_STATES, type HealthState, TROUBLES } from './health-state.js';
export type { LastEvent, Standing, StandingSubject, WebhookCounts, WebhookHealth } from './standing.js';
export { WebhookStandingModule } from './webhook-standing.module.js';
export { type HealthSelection, WebhookStandings } from './webhook-standings.js';
export { healthMessage, standingMessages } from './standing.message.js';
