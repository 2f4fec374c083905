export type { Entry, LaneRequest, Pass } from './entry.js';
export { WebhookLanes } from './webhook-lanes.js';
