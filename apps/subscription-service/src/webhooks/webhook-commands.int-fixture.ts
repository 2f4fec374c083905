import fc from 'fast-check';
import type { AuthInput } from './auth-credentials.js';
import type { RetryPolicyInput } from './retry-policy.js';
import type { FullWebhookRequest, WebhookRequest } from './webhook-request.js';
import type { RetryPolicy } from './webhook.js';

const settings = fc.record({
  name: fc.integer({ min: 0, max: 5 }).map((n) => `name ${n}`), // few, so that commands collide on names
  url: fc.constantFrom('https://example.com/a', 'https://example.com/b?x=1'),
  method: fc.constantFrom('POST' as const, 'GET' as const),
  channelId: fc.constantFrom(null, 'c1', 'ä 𝄞'),
  events: fc.uniqueArray(fc.constantFrom('order_created', 'messages:*', '*', 'RECEIVED_STATUS'), { minLength: 1 }),
  filter: fc.constantFrom(null, 'data.total > 100.0', 'type == "x"'),
  headers: fc.constantFrom<Record<string, string>[]>({}, { 'x-b': '1', 'x-a': '2', '10': 'n' }),
  payloadFormat: fc.constantFrom('DEFAULT' as const, 'XML' as const),
  timeoutMs: fc.integer({ min: 1_000, max: 30_000 }),
  notificationType: fc.constant('REST' as const),
  retryPolicy: fc.constantFrom<(RetryPolicy | null)[]>(
    null,
    { schedule: null, finalStatuses: [404, 410] },
    { schedule: ['0s', '5m', '7d'], finalStatuses: [] },
    { schedule: [], finalStatuses: [500] },
  ),
  maxInFlight: fc.integer({ min: 1, max: 100 }),
  rateLimit: fc.option(fc.double({ min: 0.0001, max: 10_000, noNaN: true }).map((perSecond) => ({ perSecond }))),
  metadata: fc.dictionary(fc.constantFrom('b', 'a', '10', 'ä 𝄞', 'constructor'), fc.string({ unit: 'grapheme', maxLength: 10 })),
  notifyEmails: fc.constantFrom<string[][]>([], ['a@example.com'], ['b@example.com', 'a@example.com']),
});
/** Merged into what is there; null takes away. */
const patches = {
  headers: fc.constantFrom<Record<string, string | null>[]>({ 'x-b': null }, { 'X-A': '3', 'x-c': 'n' }),
  metadata: fc.constantFrom<Record<string, string | null>[]>({ b: null, c: 'x' }, { '10': 'y' }),
  retryPolicy: fc.constantFrom<(RetryPolicyInput | null)[]>({ schedule: null }, { finalStatuses: [401] }, { schedule: ['1h'] }, null),
};
const wishes = {
  auth: fc.option(fc.constantFrom<AuthInput[]>({ type: 'NONE' }, { type: 'BEARER', token: 't' }, { type: 'API_KEY', key: 'k' }), {
    nil: undefined,
  }),
  signing: fc.option(fc.boolean(), { nil: undefined }),
  status: fc.option(fc.constantFrom('enabled' as const, 'disabled' as const), { nil: undefined }),
};
const full: fc.Arbitrary<FullWebhookRequest> = fc.record({ settings, ...wishes });
const partial: fc.Arbitrary<WebhookRequest> = fc.record({
  settings: fc
    .record({ all: settings, patch: fc.record(patches) })
    .chain(({ all, patch }) => fc.subarray(Object.entries({ ...all, ...patch })).map(Object.fromEntries)),
  ...wishes,
});
const pick = fc.nat();
/** Any command on a webhook; `pick` chooses which. */
export const command = fc.oneof(
  full.map((request) => ({ kind: 'create' as const, request })),
  fc.record({ kind: fc.constant('update' as const), pick, request: partial }),
  fc.record({ kind: fc.constant('replace' as const), pick, request: full }),
  fc.record({ kind: fc.constant('setStatus' as const), pick, status: fc.constantFrom('enabled' as const, 'disabled' as const) }),
  fc.record({ kind: fc.constant('delete' as const), pick }),
);

export type Step = typeof command extends fc.Arbitrary<infer S> ? S : never;
