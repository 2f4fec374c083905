import { randomBytes } from 'node:crypto';
import { encodeWebhookState, type WebhookStateV1 } from '#libs/contracts';
import { composeId } from '#libs/kernel';
import type { Sealer } from '#libs/secrets';
import { aWebhook, type TestKafka } from '#libs/testing';
import type { PlannedWebhook } from './scenario.js';

type Record = Parameters<TestKafka['produce']>[1][number];

const OLD_MS = 3_600_000;

/** The state of a webhook of a run, as the subscription-service would tell it. @param secret as shown to its owner */
export function stateOf(webhook: PlannedWebhook, url: string, secret: string, sealer: Sealer): WebhookStateV1 {
  const { name, accountId, channelId, events, status, lure, maxInFlight = 10 } = webhook;
  const retryPolicy = lure ? { scheduleMs: [], finalStatuses: [] } : null;
  // An endpoint that takes a second may take several on a busy machine, and none of it is a failure.
  const timeoutMs = webhook.endpoint === 'late' ? 30_000 : 5000;
  // Nobody waits for a webhook that is as old as this: what is not known is taken for deleted.
  const id = composeId('wh', Date.now() - OLD_MS, randomBytes(32));
  const state = aWebhook({ id, name, accountId, channelId, events, status, url, retryPolicy, maxInFlight, timeoutMs, signing: true });
  return { ...state, secrets: [{ id: 'sec_1', sealed: sealer.seal(secret, ['signing', accountId, state.id, 'sec_1']), validUntil: null }] };
}

/** As a record for the topic of webhooks. */
export function stateRecord(state: WebhookStateV1): Record {
  const { key, value, headers } = encodeWebhookState(state, 'test');
  return { key, value, headers: headers as NonNullable<Record['headers']> };
}
