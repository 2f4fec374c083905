import type { HealthSelection } from '../webhook-standing/index.js';
import type { Webhook } from './webhook.js';
import type { StoredWebhookEvent, WebhookEvent } from './webhook.events.js';

/** A secret or credentials as ciphertext, under the id by which events refer to it. */
export interface SealedValue {
  readonly id: string;
  readonly purpose: 'signing' | 'auth';
  readonly sealed: string;
}

/** A webhook by name alone. */
export interface OwnedWebhook {
  readonly id: string;
  readonly accountId: string;
}

export interface WebhookCommit {
  readonly webhookId: string;
  /** The state the events were decided on; undefined for a new webhook. */
  readonly before: Webhook | undefined;
  readonly events: readonly WebhookEvent[];
  /** What the events refer to and the store does not hold yet, or holds under another master key. */
  readonly sealed: readonly SealedValue[];
  readonly actor: string;
  /** RFC 3339. */
  readonly occurredAt: string;
}

export interface WebhookFilter {
  readonly channelId?: string | undefined;
  readonly status?: Webhook['status'] | undefined;
  /** Webhooks of a health. */
  readonly selection?: HealthSelection | undefined;
  /** Webhooks that were disabled for one of these reasons. */
  readonly disabledReasons?: readonly string[] | undefined;
  /** Of each list, at least one is an entry of the webhook's `events`. */
  readonly entries?: readonly (readonly string[])[] | undefined;
  /** Part of the name or the URL, in any case. */
  readonly search?: string | undefined;
}

export interface WebhookQuery extends WebhookFilter {
  /** Rows after this webhook in the order of the list: newest first. */
  readonly after?: string | undefined;
  readonly limit: number;
}

/** Where webhooks live. A webhook of another account is not there. */
export abstract class WebhookStore {
  /** The state that the events say: what commands are decided on. */
  abstract load(accountId: string, id: string): Promise<Webhook | undefined>;

  /** Everything that happened to a webhook, oldest first; empty when it is not there. */
  abstract history(accountId: string, id: string): Promise<readonly StoredWebhookEvent[]>;

  /** The row of the read model. */
  abstract find(accountId: string, id: string): Promise<Webhook | undefined>;

  abstract list(accountId: string, query: WebhookQuery): Promise<Webhook[]>;

  /** How many a list without pages has. */
  abstract count(accountId: string, query: WebhookFilter): Promise<number>;

  abstract countByStatus(accountId: string): Promise<Readonly<Record<Webhook['status'], number>>>;

  /** Everything sealed that a webhook refers to. */
  abstract sealedOf(id: string): Promise<readonly SealedValue[]>;

  /** Webhooks after this one, in the order of their ids, of which something lies under another master key than this one. */
  abstract sealedUnderOtherKeys(keyId: string, after: string, limit: number): Promise<readonly OwnedWebhook[]>;

  /** Webhooks after this one, in the order of their ids, of which a secret replaced earlier has had its time. */
  abstract withEndedSecrets(at: string, after: string, limit: number): Promise<readonly OwnedWebhook[]>;

  /**
   * Appends the events, brings the row up to date, keeps and destroys what is sealed, and hands the messages about it to
   * the outbox: all of it or nothing.
   * @returns the new state, undefined after a deletion
   * @throws AppError `CONCURRENT_CHANGE`, `WEBHOOK_NAME_TAKEN`, `DATABASE_UNAVAILABLE`
   */
  abstract commit(commit: WebhookCommit): Promise<Webhook | undefined>;
}
