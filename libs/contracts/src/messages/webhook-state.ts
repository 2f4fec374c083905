import { cloudEventHeaders, jsonRecord, readJsonRecord } from '../cloud-event.js';
import { Topics } from '../topics.js';
import type { ReceivedRecord, WireRecord } from '../wire-record.js';
import { objectOf, type MessageSpec } from './message-spec.js';
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
  /** A CEL expression that an event must satisfy besides; `null` or absent: none. Absent from records older than filters. */
  readonly filter?: string | null;
  readonly headers: Readonly<Record<string, string>>;
  readonly auth: { readonly type: AuthType; /** Sealed JSON of `AuthCredentials`; `null` for `NONE`. */ readonly sealed: string | null };
  readonly payloadFormat: PayloadFormatName;
  readonly signing: boolean;
  /** Newest first; empty when signing is off. */
  readonly secrets: readonly SealedSigningSecret[];
  readonly status: 'enabled' | 'disabled';
  readonly timeoutMs: number;
  /** Attempts under way at once. */
  readonly maxInFlight: number;
  readonly rateLimit: { readonly perSecond: number } | null;
  readonly retryPolicy: RetryPolicyState | null;
  /** RFC 3339. */
  readonly updatedAt: string;
}

/** What a webhook sets of its own instead of the deployment's defaults. */
export interface RetryPolicyState {
  /** Milliseconds before attempts 2, 3, …; empty: no retries; `null`: the deployment's schedule. */
  readonly scheduleMs: readonly number[] | null;
  /** HTTP statuses after which no further attempt is made. */
  readonly finalStatuses: readonly number[];
}

export const webhookStateV1: MessageSpec<WebhookStateV1> = {
  name: 'WebhookState',
  version: 1,
  types: [WEBHOOK_STATE],
  topic: Topics.webhooks,
  summary: 'The full current state of a webhook; a record without a value says that it is deleted.',
  fixture: 'webhook-state-filtered.v1',
  schema: objectOf<WebhookStateV1>(
    {
      id: { type: 'string', description: 'The webhook, `wh_…`; also the key of the record.' },
      version: { type: 'integer', minimum: 1, description: 'Counts the changes of the webhook; a reader applies only higher ones.' },
      accountId: { type: 'string', description: 'The account that owns the webhook.' },
      name: { type: 'string', description: 'Its name, unique in the account.' },
      url: { type: 'string', description: 'Where its attempts go.' },
      method: { type: 'string', enum: HTTP_METHODS, description: 'HTTP method of its attempts.' },
      channelId: { type: ['string', 'null'], description: 'The one channel it takes events of; null takes those of all.' },
      events: { type: 'array', items: { type: 'string' }, description: 'Event types, combined types, `<module>:*` or `*`.' },
      filter: { type: ['string', 'null'], description: 'A CEL expression that an event must satisfy; null or absent: none.' },
      headers: { type: 'object', additionalProperties: { type: 'string' }, description: 'Its own request headers by name.' },
      auth: {
        ...objectOf<WebhookStateV1['auth']>({
          type: { type: 'string', enum: AUTH_TYPES, description: 'How it authenticates to the receiver.' },
          sealed: { type: ['string', 'null'], description: 'The credentials as ciphertext; null for `NONE`.' },
        }),
        description: 'Authentication to the receiver.',
      },
      // Not an enum: a format that is new must not make older readers lose the whole webhook.
      payloadFormat: {
        type: 'string',
        pattern: '^[A-Z_]{1,32}$',
        description: `Format of the body: ${PAYLOAD_FORMATS.join(', ')}; more may come.`,
      },
      signing: { type: 'boolean', description: 'Whether its attempts are signed.' },
      secrets: {
        type: 'array',
        items: objectOf<SealedSigningSecret>({
          id: { type: 'string', description: 'The secret, `sec_…`.' },
          sealed: { type: 'string', description: 'The secret as ciphertext.' },
          validUntil: { type: ['string', 'null'], description: 'When it stops to sign, RFC 3339; null: once it is replaced.' },
        }),
        description: 'Signing secrets, the newest first; empty when signing is off.',
      },
      status: { type: 'string', enum: ['enabled', 'disabled'], description: 'Whether it gets events.' },
      timeoutMs: { type: 'integer', minimum: 1000, maximum: 30000, description: 'Milliseconds that a whole attempt may take.' },
      maxInFlight: { type: 'integer', minimum: 1, maximum: 100, description: 'How many attempts may be under way at once.' },
      rateLimit: {
        ...objectOf<NonNullable<WebhookStateV1['rateLimit']>>({
          perSecond: { type: 'number', exclusiveMinimum: 0, description: 'Attempts a second at most.' },
        }),
        type: ['object', 'null'],
        description: 'How fast attempts may follow one another; null: no limit.',
      },
      retryPolicy: {
        ...objectOf<RetryPolicyState>({
          scheduleMs: {
            type: ['array', 'null'],
            items: { type: 'integer', minimum: 0 },
            description: "Milliseconds before attempts 2, 3, …; null: the deployment's schedule.",
          },
          finalStatuses: {
            type: 'array',
            items: { type: 'integer' },
            description: 'HTTP statuses after which no further attempt is made.',
          },
        }),
        type: ['object', 'null'],
        description: "Its own rules for retries; null: the deployment's.",
      },
      updatedAt: { type: 'string', description: 'When it was changed last, RFC 3339.' },
    },
    ['filter'],
  ),
};

const check = shapeCheck(webhookStateV1);

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
export function encodeWebhookTombstone(
  tombstone: { id: string; version: number; accountId: string; time: string },
  source: string,
): WireRecord {
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
