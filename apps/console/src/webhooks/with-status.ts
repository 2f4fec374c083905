import type { Webhook, WebhookPage } from '../api';

/** What is remembered, with one webhook's status changed in it; the same object where the webhook is not in it. */
export function withStatus<Known extends WebhookPage | Webhook | undefined>(known: Known, id: string, status: Webhook['status']): Known {
  if (!known) return known;
  if ('id' in known) return known.id === id ? { ...known, ...changed(status) } : known;
  if (!known.data.some((webhook) => webhook.id === id)) return known;
  return { ...known, data: known.data.map((webhook) => (webhook.id === id ? { ...webhook, ...changed(status) } : webhook)) };
}

function changed(status: Webhook['status']): Pick<Webhook, 'status' | 'disabledReason'> {
  return { status, disabledReason: status === 'disabled' ? 'manual' : null };
}
