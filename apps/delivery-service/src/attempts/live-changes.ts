import type { DueDeliveries } from '../due/index.js';
import type { EndpointHealth } from '../health/index.js';
import type { WebhookLanes } from '../lanes/index.js';
import type { WebhookChange, WebhookView } from '../webhooks/index.js';

/** Of a backlog, deliveries a second for each attempt that the webhook allows at once. */
const RELEASED_PER_LANE_PLACE = 10;

/**
 * What waits for its lane looks at its webhook again when the change decides whether or how fast it may go; everything
 * else of a webhook is read when its attempt begins. And when a circuit closes, its backlog becomes due.
 */
export function followChanges(
  view: Pick<WebhookView, 'onChange' | 'find'>,
  lanes: Pick<WebhookLanes, 'reexamine'>,
  health: EndpointHealth,
  due: DueDeliveries,
): void {
  view.onChange((change) => {
    if (decides(change)) lanes.reexamine(change.id);
  });
  health.onClosed((id) => {
    const { maxInFlight = 1, rateLimit } = view.find(id)?.state ?? {};
    due.release(id, { perSecond: rateLimit?.perSecond ?? maxInFlight * RELEASED_PER_LANE_PLACE });
  });
}

function decides({ current, previous }: WebhookChange): boolean {
  return (
    current?.status !== previous?.status ||
    current?.maxInFlight !== previous?.maxInFlight ||
    current?.rateLimit?.perSecond !== previous?.rateLimit?.perSecond
  );
}
