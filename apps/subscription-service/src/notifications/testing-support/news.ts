import type { DeliveryAttemptedV1, EndpointHealthV1 } from '#libs/contracts';
import { newId } from '#libs/kernel';

const iso = (ms: number): string => new Date(ms).toISOString();

/** An attempt that failed with 500, unless said otherwise. @param at milliseconds since the epoch */
export function anAttempt(at: number, overrides: Partial<DeliveryAttemptedV1> = {}): DeliveryAttemptedV1 {
  return {
    id: newId('att', at),
    deliveryId: newId('dlv', at),
    webhookId: 'wh_1',
    accountId: 'default',
    channelId: null,
    eventId: 'evt-1',
    eventType: 'order_created',
    attempt: 1,
    trigger: 'event',
    circuit: 'closed',
    attemptedAt: iso(at),
    durationMs: 12,
    statusCode: 500,
    status: 'failed',
    errorClass: 'http_5xx',
    error: 'HTTP 500',
    nextAttemptAt: iso(at + 5_000),
    request: {
      method: 'POST',
      url: 'https://user:pw@shop.example:8443/hooks/s3cret?token=t0ken',
      headers: { 'x-key': 'k3y' },
      body: 'b0dy',
    },
    response: { status: 500, headers: {}, body: 'r3sponse', truncated: false },
    timings: { dns: null, connect: null, tls: null, firstByte: null, total: 12 },
    resolvedAddress: '203.0.113.7',
    ...overrides,
  };
}

export function aSuccess(at: number, overrides: Partial<DeliveryAttemptedV1> = {}): DeliveryAttemptedV1 {
  return anAttempt(at, { status: 'succeeded', statusCode: 200, errorClass: null, error: null, nextAttemptAt: null, ...overrides });
}

/** The state of an endpoint whose circuit is open, unless said otherwise. */
export function aHealth(at: number, overrides: Partial<EndpointHealthV1> = {}): EndpointHealthV1 {
  return {
    webhookId: 'wh_1',
    accountId: 'default',
    version: 1,
    circuit: 'open',
    since: iso(at),
    consecutiveFailures: 5,
    openings: 1,
    nextProbeAt: iso(at + 30_000),
    failingSince: iso(at),
    warnedPercent: 0,
    autoDisabled: null,
    lastStatusCode: 500,
    lastErrorClass: 'http_5xx',
    changedAt: iso(at),
    ...overrides,
  };
}
