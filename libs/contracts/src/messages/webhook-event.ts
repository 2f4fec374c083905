import { jsonRecord, readJsonRecord } from '../cloud-event.js';
import type { ReceivedRecord, WireRecord } from '../wire-record.js';
import { shapeCheck } from './shape-check.js';

export const WEBHOOK_CHANGES = ['created', 'updated', 'enabled', 'disabled', 'secret-rotated', 'deleted'] as const;
export type WebhookChange = (typeof WEBHOOK_CHANGES)[number];

/** The CloudEvents type of a change. */
export function webhookEventType(change: WebhookChange): string {
  return `hookstream.webhook.${change}.v1`;
}

/** One change of a webhook, for ever on `hookstream.webhook-events`: who, when, what; never a secret. */
export interface WebhookEventV1 {
  readonly webhookId: string;
  readonly accountId: string;
  readonly version: number;
  readonly change: WebhookChange;
  /** Who did it, such as `key:key_01k…` or `admin`. */
  readonly actor: string;
  /** RFC 3339. */
  readonly occurredAt: string;
  /** The fields that were set, secrets and credentials masked. */
  readonly changes: Readonly<Record<string, unknown>>;
}

const check = shapeCheck<WebhookEventV1>('hookstream.webhook.<change>.v1', {
  type: 'object',
  required: ['webhookId', 'accountId', 'version', 'change', 'actor', 'occurredAt', 'changes'],
  properties: { version: { type: 'integer', minimum: 1 }, change: { enum: [...WEBHOOK_CHANGES] }, changes: { type: 'object' } },
});

/** As a record for `hookstream.webhook-events`. */
export function encodeWebhookEvent(message: WebhookEventV1, source: string): WireRecord {
  return jsonRecord(
    {
      id: `${message.webhookId}:${message.version}`,
      source,
      type: webhookEventType(message.change),
      time: message.occurredAt,
      subject: message.webhookId,
      accountId: message.accountId,
    },
    message,
  );
}

/** @throws ContractViolation when the record is not a change of a webhook */
export function decodeWebhookEvent(record: Pick<ReceivedRecord, 'headers' | 'value'>): WebhookEventV1 {
  return check(readJsonRecord(record, WEBHOOK_CHANGES.map(webhookEventType)).data);
}
