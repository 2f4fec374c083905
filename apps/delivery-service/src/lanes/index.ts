export { type Away } from './lane.js';
export { WebhookLanes, type Entry, type LaneRequest, type Pass } from './webhook-lanes.js';
