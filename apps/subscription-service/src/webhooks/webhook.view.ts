import type { Standing } from '../webhook-standing/index.js';
import type { ShownSecret } from './secret-maker.js';
import type { ListedWebhook } from './webhook.service.js';

/**
 * A webhook as callers see it (contract, §7). Credentials and secrets never appear; `shown` adds the secret to the one
 * answer that tells it.
 */
export function webhookView(webhook: ListedWebhook, standing: Standing, shown?: ShownSecret) {
  const { credentialsId: _, ...auth } = webhook.auth;
  const newest = webhook.secrets[0];
  return {
    id: webhook.id,
    accountId: webhook.accountId,
    name: webhook.name,
    url: webhook.url,
    method: webhook.method,
    channelId: webhook.channelId,
    events: webhook.events,
    ...(webhook.unknownEvents?.length ? { unknownEvents: webhook.unknownEvents } : {}),
    filter: webhook.filter,
    headers: webhook.headers,
    auth,
    payloadFormat: webhook.payloadFormat,
    signing: webhook.signing,
    hasSecret: newest !== undefined,
    secretLast4: newest?.last4 ?? null,
    status: webhook.status,
    disabledReason: webhook.disabledReason,
    disabledAt: webhook.disabledAt,
    notificationType: webhook.notificationType,
    retryPolicy: webhook.retryPolicy,
    timeoutMs: webhook.timeoutMs,
    maxInFlight: webhook.maxInFlight,
    rateLimit: webhook.rateLimit,
    metadata: webhook.metadata,
    ...(webhook.notifyEmails.length > 0 ? { notifyEmails: webhook.notifyEmails } : {}),
    version: webhook.version,
    createdAt: webhook.createdAt,
    updatedAt: webhook.updatedAt,
    lastEvent: standing.lastEvent,
    health: standing.health,
    counts: standing.counts,
    ...shown,
  };
}
