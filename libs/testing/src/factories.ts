import type { DeliveryRequestedV1, DomainEvent, WebhookStateV1 } from '#libs/contracts';
import { newId } from '#libs/kernel';

/** A valid event; `data` is what a test sends as JSON text. */
export function anEvent(overrides: Partial<DomainEvent> = {}): DomainEvent {
  return {
    id: newId('evt'),
    source: '/test',
    type: 'order_created',
    time: '2026-11-20T10:00:00.000Z',
    accountId: 'default',
    dataContentType: 'application/json',
    data: Buffer.from('{"orderId":"o-1","total":12345678901234567890,"price":1.10}'),
    ...overrides,
  };
}

/** A valid, enabled webhook that takes every event, unsigned. */
export function aWebhook(overrides: Partial<WebhookStateV1> = {}): WebhookStateV1 {
  return {
    id: newId('wh'),
    version: 1,
    accountId: 'default',
    name: 'Test',
    url: 'http://127.0.0.1:9/',
    method: 'POST',
    channelId: null,
    events: ['*'],
    headers: {},
    auth: { type: 'NONE', sealed: null },
    payloadFormat: 'DEFAULT',
    signing: false,
    secrets: [],
    status: 'enabled',
    timeoutMs: 15_000,
    maxInFlight: 10,
    rateLimit: null,
    retryPolicy: null,
    updatedAt: '2026-11-20T10:00:00.000Z',
    ...overrides,
  };
}

/** A valid first attempt of a delivery. */
export function aDeliveryRequest(overrides: Partial<DeliveryRequestedV1> = {}): DeliveryRequestedV1 {
  return {
    deliveryId: newId('dlv'),
    webhookId: newId('wh'),
    attempt: 1,
    trigger: 'event',
    wait: 0,
    past: null,
    requestedAt: '2026-11-20T10:00:00.000Z',
    event: anEvent(),
    ...overrides,
  };
}
