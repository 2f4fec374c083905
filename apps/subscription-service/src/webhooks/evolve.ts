import { assertNever } from '#libs/kernel';
import type { StoredWebhookEvent } from './webhook.events.js';
import { DEFAULT_MAX_IN_FLIGHT, type Webhook } from './webhook.js';

/** What an event from before these settings means. */
const LATER_SETTINGS = {
  retryPolicy: null,
  maxInFlight: DEFAULT_MAX_IN_FLIGHT,
  rateLimit: null,
  metadata: {},
  filter: null,
  notifyEmails: [],
};

/** The state after one more event; undefined once the webhook is deleted. Pure: the same events always give the same state. */
export function evolve(webhook: Webhook | undefined, event: StoredWebhookEvent): Webhook | undefined {
  const at = { version: event.version, updatedAt: event.occurredAt };
  if (event.type === 'webhook.created') return created(event);
  if (event.type === 'webhook.deleted' || !webhook) return undefined;
  switch (event.type) {
    case 'webhook.updated': {
      const { settings, auth, signing, previousSecrets } = event.data;
      const signingOff = signing === false ? { signing, secrets: [] } : {};
      const current = previousSecrets === 'ended' ? { secrets: webhook.secrets.slice(0, 1) } : {};
      return { ...webhook, ...settings, ...(auth ? { auth } : {}), ...current, ...signingOff, ...at };
    }
    case 'webhook.enabled':
      return { ...webhook, status: 'enabled', disabledReason: null, disabledAt: null, ...at };
    case 'webhook.disabled':
      return { ...webhook, status: 'disabled', disabledReason: event.data.reason, disabledAt: event.occurredAt, ...at };
    case 'webhook.secret-rotated': {
      const { secret, previousValidUntil } = event.data;
      // Two at most: one that was replaced before the last one has had its time.
      const previous =
        previousValidUntil === null ? [] : webhook.secrets.slice(0, 1).map((old) => ({ ...old, validUntil: previousValidUntil }));
      return { ...webhook, signing: true, secrets: [secret, ...previous], ...at };
    }
    default:
      return assertNever(event);
  }
}

function created(event: StoredWebhookEvent & { type: 'webhook.created' }): Webhook {
  const { accountId, settings, auth, signing, secret, status, disabledReason } = event.data;
  return {
    ...LATER_SETTINGS,
    ...settings,
    id: event.streamId,
    accountId,
    version: event.version,
    auth,
    signing,
    secrets: secret ? [secret] : [],
    status,
    disabledReason,
    disabledAt: status === 'disabled' ? event.occurredAt : null,
    createdAt: event.occurredAt,
    updatedAt: event.occurredAt,
  };
}
