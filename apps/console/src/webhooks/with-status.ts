import type { Webhook, WebhookPage } from '../api';

/** What pages remember of webhooks: a page of the list, some of them, or a single one. */
export type Remembered = WebhookPage | readonly Webhook[] | Webhook | null | undefined;

/** What is remembered, with one webhook's status changed in it; the same object where the webhook is not in it. */
export function withStatus(known: Remembered, id: string, status: Webhook['status']): Remembered {
  if (!known) return known;
  if (isSome(known)) return known.some((webhook) => webhook.id === id) ? known.map((webhook) => changed(webhook, id, status)) : known;
  if ('id' in known) return changed(known, id, status);
  const data = withStatus(known.data, id, status) as Webhook[];
  return data === known.data ? known : { ...known, data };
}

function isSome(known: NonNullable<Remembered>): known is readonly Webhook[] {
  return Array.isArray(known);
}

function changed(webhook: Webhook, id: string, status: Webhook['status']): Webhook {
  if (webhook.id !== id) return webhook;
  const off = status === 'disabled';
  return { ...webhook, status, disabledReason: off ? 'manual' : null, disabledAt: off ? new Date().toISOString() : null };
}
