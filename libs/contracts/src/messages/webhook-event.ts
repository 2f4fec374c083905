import { jsonRecord, readJsonRecord } from '../cloud-event.js';
import { Topics } from '../topics.js';
import type { ReceivedRecord, WireRecord } from '../wire-record.js';
import { objectOf, type MessageSpec } from './message-spec.js';
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

export const webhookEventV1: MessageSpec<WebhookEventV1> = {
  name: 'WebhookEvent',
  version: 1,
  types: WEBHOOK_CHANGES.map(webhookEventType),
  topic: Topics.webhookEvents,
  summary: 'One change of a webhook: who did it, when, and what it set. Kept for ever.',
  fixture: 'webhook-updated.v1',
  schema: objectOf<WebhookEventV1>({
    webhookId: { type: 'string', description: 'The webhook, `wh_…`; also the key of the record.' },
    accountId: { type: 'string', description: 'The account that owns the webhook.' },
    version: { type: 'integer', minimum: 1, description: 'Counts the changes of the webhook, from 1.' },
    change: { type: 'string', enum: WEBHOOK_CHANGES, description: 'What happened to the webhook.' },
    actor: { type: 'string', description: 'Who did it, such as `admin` or `key:key_…`.' },
    occurredAt: { type: 'string', description: 'When it happened, RFC 3339.' },
    changes: { type: 'object', description: 'The fields that were set, with their new values; secrets and credentials are masked.' },
  }),
};

const check = shapeCheck(webhookEventV1);

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
