import type { StoredEvent } from '#libs/persistence';
import type { SecretRef, Webhook, WebhookAuth, WebhookSettings } from './webhook.js';

/** Settings that came later than the first events: absent in those, and then as `evolve` says. */
type LaterSettings = Pick<WebhookSettings, 'retryPolicy' | 'maxInFlight' | 'rateLimit' | 'metadata' | 'filter' | 'notifyEmails'>;

/** Stored for ever: a field is never renamed or dropped; a new one is optional, and `evolve` says what its absence means. */
export type WebhookEvent =
  | { readonly type: 'webhook.created'; readonly data: WebhookCreated }
  | { readonly type: 'webhook.updated'; readonly data: WebhookUpdated }
  | { readonly type: 'webhook.enabled'; readonly data: Record<string, never> }
  | { readonly type: 'webhook.disabled'; readonly data: { readonly reason: string } }
  | { readonly type: 'webhook.secret-rotated'; readonly data: SecretRotated }
  | { readonly type: 'webhook.deleted'; readonly data: Record<string, never> };

export interface WebhookCreated {
  readonly accountId: string;
  readonly settings: Omit<WebhookSettings, keyof LaterSettings> & Partial<LaterSettings>;
  readonly auth: WebhookAuth;
  readonly signing: boolean;
  readonly secret: SecretRef | null;
  readonly status: Webhook['status'];
  readonly disabledReason: string | null;
}

/** Only what changed. Signing is never switched on here: that takes a secret, and so a `webhook.secret-rotated`. */
export interface WebhookUpdated {
  readonly settings?: Partial<WebhookSettings>;
  readonly auth?: WebhookAuth;
  readonly signing?: false;
  /** The secrets before the one in use have ended: their time was over, or their owner said so. */
  readonly previousSecrets?: 'ended';
  /** Secrets and credentials lie under another master key; they are the same. */
  readonly sealing?: 'renewed';
}

/** A new signing secret; it also switches signing on. */
export interface SecretRotated {
  readonly secret: SecretRef;
  /** Until when the secret before it signs as well; `null`: it is gone at once. */
  readonly previousValidUntil: string | null;
}

export type StoredWebhookEvent = StoredEvent<WebhookEvent>;
