import type { EndpointHealthV1 } from '#libs/contracts';
import type { Webhook, WebhookEvent } from '../webhooks/index.js';

/**
 * The events by which a webhook follows what was found out about its endpoint; none when there is nothing to do.
 *
 * Who enables a webhook has the last word: failures count only from then on. Enabling makes the delivery-service begin a
 * new streak, so that a streak from before it tells of a record that was written, or is read, too late. The start of the
 * streak is compared and not the time of the record, as a record written after the enabling may still tell the old streak.
 * @param enabledAt milliseconds since the epoch of the last time it was enabled; undefined when it always was
 */
export function autoDisable(webhook: Webhook | undefined, enabledAt: number | undefined, health: EndpointHealthV1): WebhookEvent[] {
  if (!webhook || webhook.status === 'disabled' || health.autoDisabled === null) return [];
  const failingSince = Date.parse(health.failingSince ?? health.changedAt);
  if (enabledAt !== undefined && !(failingSince > enabledAt)) return [];
  return [{ type: 'webhook.disabled', data: { reason: health.autoDisabled } }];
}
