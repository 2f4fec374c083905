import {
  encodeDeliveryCommand,
  encodeWebhookEvent,
  encodeWebhookState,
  encodeWebhookTombstone,
  headerText,
  topicName,
  Topics,
  type WebhookChange,
  type WireRecord,
} from '#libs/contracts';
import { assertNever } from '#libs/kernel';
import type { OutboxRecord } from '#libs/persistence';
import { scheduleMs } from './retry-policy.js';
import type { StoredWebhookEvent } from './webhook.events.js';
import type { Webhook, WebhookAuth, WebhookSettings } from './webhook.js';

const SOURCE = 'hookstream/subscription-service';
const MASKED = '[set]';

/** What changed and what is now, as the records that other services read. */
export class WebhookPublisher {
  /** @param topicPrefix replaces the leading `hookstream` of topic names */
  constructor(private readonly topicPrefix: string) {}

  /**
   * One record per event for `webhook-events`, then the state (or the tombstone) for the compacted `webhooks`.
   * @param after the state after the events, undefined when they end with the deletion
   * @param sealedById ciphertext of everything that `after` refers to
   */
  records(
    accountId: string,
    events: readonly StoredWebhookEvent[],
    after: Webhook | undefined,
    sealedById: ReadonlyMap<string, string>,
  ): OutboxRecord[] {
    const eventsTopic = topicName(Topics.webhookEvents, this.topicPrefix);
    const statesTopic = topicName(Topics.webhooks, this.topicPrefix);
    const last = events.at(-1)!;
    const state = after
      ? encodeWebhookState(stateOf(after, sealedById), SOURCE)
      : encodeWebhookTombstone({ id: last.streamId, version: last.version, accountId, time: last.occurredAt }, SOURCE);
    const changes = events.map((event) => outboxRecord(eventsTopic, changeRecord(accountId, event)));
    return [...changes, outboxRecord(statesTopic, state), ...this.resets(accountId, events)];
  }

  /** Who enables a webhook gives its endpoint a new start: the owner of its deliveries forgets what failed before. */
  private resets(accountId: string, events: readonly StoredWebhookEvent[]): OutboxRecord[] {
    const deliveriesTopic = topicName(Topics.deliveries, this.topicPrefix);
    return events
      .filter(({ type }) => type === 'webhook.enabled')
      .map(({ streamId: webhookId, version, actor, occurredAt: requestedAt }) => {
        const command = { webhookId, accountId, command: 'reset' as const, deliveryId: null, actor, requestedAt };
        return outboxRecord(deliveriesTopic, encodeDeliveryCommand(command, `${webhookId}:${version}:reset`, SOURCE));
      });
  }
}

function changeRecord(accountId: string, event: StoredWebhookEvent): WireRecord {
  const message = {
    webhookId: event.streamId,
    accountId,
    version: event.version,
    change: event.type.slice('webhook.'.length) as WebhookChange,
    actor: event.actor,
    occurredAt: event.occurredAt,
    changes: changesOf(event),
  };
  return encodeWebhookEvent(message, SOURCE);
}

/** What the public log tells of an event. It is kept for ever, so values of headers, which often are keys, and addresses of people stay out of it. */
function changesOf(event: StoredWebhookEvent): Record<string, unknown> {
  switch (event.type) {
    case 'webhook.created': {
      const { settings, auth, signing, status } = event.data;
      return { ...publicSettings(settings), auth: publicAuth(auth), signing, status };
    }
    case 'webhook.updated': {
      const { settings, auth, signing, previousSecrets } = event.data;
      return {
        ...publicSettings(settings ?? {}),
        ...(auth ? { auth: publicAuth(auth) } : {}),
        ...(signing === undefined ? {} : { signing }),
        ...(previousSecrets === undefined ? {} : { previousValidUntil: null }),
      };
    }
    case 'webhook.disabled':
      return { status: 'disabled', disabledReason: event.data.reason };
    case 'webhook.enabled':
      return { status: 'enabled' };
    case 'webhook.secret-rotated':
      return { signing: true, secret: MASKED, previousValidUntil: event.data.previousValidUntil };
    case 'webhook.deleted':
      return {};
    default:
      return assertNever(event);
  }
}

function publicSettings(settings: Partial<WebhookSettings>): Record<string, unknown> {
  const { headers, notifyEmails, ...same } = settings;
  return {
    ...same,
    ...(headers && { headers: Object.fromEntries(Object.keys(headers).map((name) => [name, MASKED])) }),
    ...(notifyEmails?.length && { notifyEmails: notifyEmails.map(() => MASKED) }),
  };
}

function publicAuth({ credentialsId: _, ...auth }: WebhookAuth): Record<string, unknown> {
  return auth;
}

function stateOf(webhook: Webhook, sealedById: ReadonlyMap<string, string>) {
  const sealed = (id: string): string => {
    const found = sealedById.get(id);
    if (found === undefined) throw new Error(`webhook ${webhook.id} refers to ${id}, of which there is no ciphertext`);
    return found;
  };
  const { id, version, accountId, name, url, method, channelId, events, headers, payloadFormat, signing, status, timeoutMs, updatedAt } =
    webhook;
  const { maxInFlight, rateLimit, retryPolicy } = webhook;
  const { type, credentialsId } = webhook.auth;
  return {
    ...{ id, version, accountId, name, url, method, channelId, events, headers },
    auth: { type, sealed: credentialsId === null ? null : sealed(credentialsId) },
    payloadFormat,
    signing,
    secrets: webhook.secrets.map((secret) => ({ id: secret.id, sealed: sealed(secret.id), validUntil: secret.validUntil })),
    ...{ status, timeoutMs, updatedAt, filter: webhook.filter },
    ...{ maxInFlight, rateLimit },
    retryPolicy: retryPolicy && { scheduleMs: scheduleMs(retryPolicy), finalStatuses: retryPolicy.finalStatuses },
  };
}

function outboxRecord(topic: string, record: WireRecord): OutboxRecord {
  const headers = Object.fromEntries(Object.keys(record.headers).map((name) => [name, headerText(record.headers, name) ?? '']));
  return { topic, key: String(record.key), value: record.value, headers };
}
