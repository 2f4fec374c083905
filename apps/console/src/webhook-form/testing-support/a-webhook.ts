import type { Webhook } from '../../api';

/** Of an endpoint that nothing is wrong with. */
export function aHealth(given: Partial<Webhook['health']> = {}): Webhook['health'] {
  return {
    state: 'healthy',
    words: 'Healthy',
    reason: null,
    circuit: 'closed',
    since: '2026-11-20T08:00:00Z',
    nextProbeAt: null,
    failingSince: null,
    consecutiveFailures: 0,
    recentAttempts: 0,
    recentFailures: 0,
    lastStatusCode: null,
    lastErrorClass: null,
    waiting: 0,
    waitingIsLowerBound: false,
    ...given,
  };
}

/** A webhook as the API shows it, valid by default. */
export function aWebhook(given: Partial<Webhook> = {}): Webhook {
  return {
    id: 'wh_01k0000000000000000000000',
    accountId: 'default',
    name: 'Billing',
    url: 'https://example.com/hooks',
    method: 'POST',
    channelId: null,
    events: ['order_created'],
    filter: null,
    headers: {},
    auth: { type: 'NONE' },
    payloadFormat: 'DEFAULT',
    signing: true,
    hasSecret: true,
    secretLast4: '9f3c',
    status: 'enabled',
    disabledReason: null,
    disabledAt: null,
    notificationType: 'REST',
    retryPolicy: null,
    timeoutMs: 15_000,
    maxInFlight: 10,
    rateLimit: null,
    metadata: {},
    version: 3,
    createdAt: '2026-11-20T08:00:00Z',
    updatedAt: '2026-11-20T09:00:00Z',
    lastEvent: null,
    health: aHealth(),
    counts: null,
    ...given,
  };
}
