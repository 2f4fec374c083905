import { cloudEventHeaders, jsonRecord, readJsonRecord } from '../cloud-event.js';
import type { ReceivedRecord, WireRecord } from '../wire-record.js';
import { shapeCheck } from './shape-check.js';

export const WEBHOOK_STATE = 'hookstream.webhook.state.v1';

export const HTTP_METHODS = ['POST', 'PUT', 'GET', 'DELETE'] as const;
export type HttpMethod = (typeof HTTP_METHODS)[number];

export const AUTH_TYPES = ['NONE', 'BEARER', 'API_KEY', 'BASIC', 'CUSTOM_HEADERS'] as const;
export type AuthType = (typeof AUTH_TYPES)[number];

export const PAYLOAD_FORMATS = ['DEFAULT', 'Z_API', 'ENVELOPE', 'STANDARD', 'CLOUDEVENTS', 'RAW', 'XML'] as const;
export type PayloadFormatName = (typeof PAYLOAD_FORMATS)[number];

/** Credentials in clear, as they are sealed into `WebhookStateV1.auth.sealed` (as JSON). */
export type AuthCredentials =
  | { readonly type: 'NONE' }
  | { readonly type: 'BEARER'; readonly token: string }
  | { readonly type: 'API_KEY'; readonly headerName: string; readonly key: string }
  | { readonly type: 'BASIC'; readonly username: string; readonly password: string }
  | { readonly type: 'CUSTOM_HEADERS'; readonly headers: Readonly<Record<string, string>> };

/** A signing secret as ciphertext, with the time from which it no longer signs (`null`: until it is replaced). */
export interface SealedSigningSecret {
  readonly id: string;
  readonly sealed: string;
  /** RFC 3339 or `null`. */
  readonly validUntil: string | null;
}

/** Full current state of a webhook, on the compacted `hookstream.webhooks`. Secrets and credentials only as ciphertext. */
export interface WebhookStateV1 {
  readonly id: string;
  /** Counts the webhook's events; a reader applies only higher ones. */
  readonly version: number;
  readonly accountId: string;
  readonly name: string;
  readonly url: string;
  readonly method: HttpMethod;
  readonly channelId: string | null;
  /** Event types, combined types, `<module>:*` or `*`, as the owner wrote them. */
  readonly events: readonly string[];
  readonly headers: Readonly<Record<string, string>>;
  readonly auth: { readonly type: AuthType; /** Sealed JSON of `AuthCredentials`; `null` for `NONE`. */ readonly sealed: string | null };
  readonly payloadFormat: PayloadFormatName;
  readonly signing: boolean;
  /** Newest first; empty when signing is off. */
  readonly secrets: readonly SealedSigningSecret[];
  readonly status: 'enabled' | 'disabled';
  readonly timeoutMs: number;
  /** RFC 3339. */
  readonly updatedAt: string;
}

const check = shapeCheck<WebhookStateV1>(WEBHOOK_STATE, {
  type: 'object',
  required: ['id', 'version', 'accountId', 'url', 'method', 'channelId', 'events', 'headers', 'auth', 'payloadFormat', 'signing', 'secrets', 'status', 'timeoutMs'],
  properties: {
    id: { type: 'string' },
    version: { type: 'integer', minimum: 1 },
    accountId: { type: 'string' },
    url: { type: 'string' },
    method: { enum: [...HTTP_METHODS] },
    channelId: { type: ['string', 'null'] },
    events: { type: 'array', items: { type: 'string' } },
    headers: { type: 'object', additionalProperties: { type: 'string' } },
    auth: { type: 'object', required: ['type', 'sealed'], properties: { type: { enum: [...AUTH_TYPES] }, sealed: { type: ['string', 'null'] } } },
    payloadFormat: { enum: [...PAYLOAD_FORMATS] },
    signing: { type: 'boolean' },
    secrets: { type: 'array', items: { type: 'object', required: ['id', 'sealed', 'validUntil'] } },
    status: { enum: ['enabled', 'disabled'] },
    timeoutMs: { type: 'integer', minimum: 1000, maximum: 30000 },
  },
});

/** As a record for `hookstream.webhooks`. */
export function encodeWebhookState(state: WebhookStateV1, source: string): WireRecord {
  return jsonRecord(
    {
      id: `${state.id}:${state.version}`,
      source,
      type: WEBHOOK_STATE,
      time: state.updatedAt,
      subject: state.id,
      accountId: state.accountId,
      channelId: state.channelId ?? undefined,
    },
    state,
  );
}

/** The tombstone that removes a webhook from the compacted topic. @param time RFC 3339 */
export function encodeWebhookTombstone(tombstone: { id: string; version: number; accountId: string; time: string }, source: string): WireRecord {
  return {
    key: tombstone.id,
    value: null,
    headers: cloudEventHeaders({
      id: `${tombstone.id}:${tombstone.version}`,
      source,
      type: WEBHOOK_STATE,
      time: tombstone.time,
      subject: tombstone.id,
      accountId: tombstone.accountId,
    }),
  };
}

/** @throws ContractViolation when the record is not a webhook's state */
export function decodeWebhookState(record: Pick<ReceivedRecord, 'headers' | 'value'>): WebhookStateV1 {
  return check(readJsonRecord(record, [WEBHOOK_STATE]).data);
}
