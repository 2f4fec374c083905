import type { ShownSecret } from './secret-maker.js';
import type { Webhook } from './webhook.js';

/**
 * A webhook as callers see it (contract, §7). Credentials and secrets never appear; `shown` adds the secret to the one
 * answer that tells it. Filters, which cannot be set yet, read as null, and so do
 * `lastEvent` and `counts` as long as no history is kept.
 */
export function webhookView(webhook: Webhook, shown?: ShownSecret) {
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
    filter: null,
    headers: webhook.headers,
    auth,
    payloadFormat: webhook.payloadFormat,
    signing: webhook.signing,
    hasSecret: newest !== undefined,
    secretLast4: newest?.last4 ?? null,
    status: webhook.status,
    disabledReason: webhook.disabledReason,
    notificationType: webhook.notificationType,
    retryPolicy: webhook.retryPolicy,
    timeoutMs: webhook.timeoutMs,
    maxInFlight: webhook.maxInFlight,
    rateLimit: webhook.rateLimit,
    metadata: webhook.metadata,
    version: webhook.version,
    createdAt: webhook.createdAt,
    updatedAt: webhook.updatedAt,
    lastEvent: null,
    health: { circuit: 'closed', since: webhook.createdAt },
    counts: null,
    ...shown,
  };
}
