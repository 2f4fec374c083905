import { AUTH_TYPES, HTTP_METHODS, PAYLOAD_FORMATS } from '#libs/contracts';
import { type Answer, type ApiPart, PAGING, pageOf, ref, type Schema } from '#libs/openapi';
import { COUNTS_EXAMPLE, HEALTH_STATES, HEALTHY_EXAMPLE, LAST_EVENT_EXAMPLE, STANDING_SCHEMAS } from '../webhook-standing/index.js';

const TIME: Schema = { type: 'string', format: 'date-time' };
const NAME: Schema = { type: 'string', minLength: 1, maxLength: 100, description: 'Unique in the account.' };
const EVENTS: Schema = {
  type: 'array',
  minItems: 1,
  maxItems: 200,
  uniqueItems: true,
  items: { type: 'string' },
  description: 'Event types, combined types, `<module>:*` or `*`.',
};
const TEXTS: Schema = { type: 'object', additionalProperties: { type: 'string' } };
const TEXTS_OR_NULLS: Schema = { type: ['object', 'null'], additionalProperties: { type: ['string', 'null'] } };
const HEADERS_RULE = 'At most 20 of 4 KiB; names that belong to the request itself are refused.';

/** Members that a request and a webhook share. */
const SHARED: Readonly<Record<string, Schema>> = {
  method: { enum: [...HTTP_METHODS], default: 'POST' },
  channelId: {
    type: ['string', 'null'],
    minLength: 1,
    maxLength: 200,
    default: null,
    description: 'Null takes the events of every channel and those of none.',
  },
  filter: {
    type: ['string', 'null'],
    maxLength: 4096,
    default: null,
    description:
      'A CEL expression over `type`, `accountId`, `channelId`, `time`, `data` and `context`; only events for which it is true are delivered.',
  },
  payloadFormat: { enum: [...PAYLOAD_FORMATS], default: 'DEFAULT' },
  status: { enum: ['enabled', 'disabled'], default: 'enabled' },
  notificationType: { const: 'REST', default: 'REST' },
  timeoutMs: { type: 'integer', minimum: 1000, maximum: 30_000, default: 15_000, description: 'Deadline of one attempt.' },
  maxInFlight: { type: 'integer', minimum: 1, maximum: 100, default: 10, description: 'Attempts under way at once.' },
  rateLimit: {
    type: ['object', 'null'],
    default: null,
    required: ['perSecond'],
    additionalProperties: false,
    properties: { perSecond: { type: 'number', minimum: 0.0001, maximum: 10_000 } },
  },
};

const RETRY_POLICY: Schema = {
  type: ['object', 'null'],
  default: null,
  additionalProperties: false,
  properties: {
    schedule: {
      type: ['array', 'null'],
      items: { type: 'string', pattern: '^[0-9]+(ms|s|m|h|d)$' },
      description: 'Delays before attempts 2, 3, …; empty: no retries; null: the deployment’s schedule.',
    },
    finalStatuses: {
      type: ['array', 'null'],
      items: { type: 'integer', minimum: 300, maximum: 599 },
      description: 'HTTP statuses after which no further attempt is made.',
    },
  },
};

const NOTIFY_EMAILS = {
  type: 'array',
  maxItems: 10,
  uniqueItems: true,
  items: { type: 'string', format: 'email' },
  description: 'Who is told by mail when the webhook fails, besides whom its account names.',
};
const REQUEST_ONLY: Readonly<Record<string, Schema>> = {
  auth: ref('WebhookAuthRequest'),
  signing: { type: 'boolean', description: 'True on PATCH makes a new secret; absent on POST means true.' },
  secret: {
    type: 'string',
    minLength: 16,
    maxLength: 128,
    description: 'The owner’s own secret in place of a generated one; asks for signing.',
  },
  retryPolicy: RETRY_POLICY,
};

const WEBHOOK_EXAMPLE = {
  id: 'wh_01kay2q4c8f0v6m3d9x7r5t1ze',
  accountId: 'default',
  name: 'Billing',
  url: 'https://example.com/hooks',
  method: 'POST',
  channelId: null,
  events: ['order_created'],
  filter: null,
  headers: { 'X-Env': 'prod' },
  auth: { type: 'BEARER' },
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
  createdAt: '2026-11-20T10:15:30.123Z',
  updatedAt: '2026-11-20T11:00:00.000Z',
  lastEvent: LAST_EVENT_EXAMPLE,
  health: HEALTHY_EXAMPLE,
  counts: COUNTS_EXAMPLE,
};
const DISABLED = { status: 'disabled', disabledReason: 'manual', disabledAt: WEBHOOK_EXAMPLE.updatedAt };
const SECRET_EXAMPLE = {
  secret: '4f1d9c0b7a3e5d8296b1c4f7a0e3d6c95b8a1f4e7d0c3b6a9f2e5d8c1b4a9f3c',
  secretWhsec: 'whsec_NGYxZDljMGI3YTNlNWQ4Mjk2YjFjNGY3YTBlM2Q2Yzk1YjhhMWY0ZTdkMGMzYjZhOWYyZTVkOGMxYjRhOWYzYw==',
};

const webhookAnswer = (description: string, example: object = WEBHOOK_EXAMPLE): Answer => ({
  description,
  content: { schema: ref('Webhook'), examples: { webhook: example } },
  headers: { ETag: 'The version of the webhook.' },
});
const SHOWN = { ...WEBHOOK_EXAMPLE, ...SECRET_EXAMPLE };
const READ = 'webhooks:read';
const WRITE = 'webhooks:write';

/** The webhooks’ part of the API document. */
export const webhooksApi: ApiPart = {
  tag: { name: 'Webhooks', description: 'Who wants what, where.' },
  schemas: {
    WebhookAuthRequest: {
      type: 'object',
      description: 'How the webhook proves itself to its receiver. Each type has its own members; credentials are never read back.',
      required: ['type'],
      additionalProperties: false,
      properties: {
        type: { enum: [...AUTH_TYPES] },
        token: { type: 'string', description: 'Of `BEARER`.' },
        headerName: { type: 'string', description: 'Of `API_KEY`; `x-api-key` when absent.' },
        key: { type: 'string', description: 'Of `API_KEY`.' },
        username: { type: 'string', description: 'Of `BASIC`.' },
        password: { type: 'string', description: 'Of `BASIC`.' },
        headers: { ...TEXTS, description: 'Of `CUSTOM_HEADERS`.' },
      },
    },
    WebhookRequest: {
      type: 'object',
      required: ['name', 'url', 'events'],
      additionalProperties: false,
      properties: {
        name: NAME,
        url: { type: 'string', maxLength: 2048, description: 'Vetted against addresses that webhooks may not reach.' },
        events: EVENTS,
        ...SHARED,
        ...REQUEST_ONLY,
        headers: { ...TEXTS, description: HEADERS_RULE },
        metadata: { ...TEXTS, type: ['object', 'null'], description: 'The owner’s own notes; they go nowhere.' },
        notifyEmails: NOTIFY_EMAILS,
      },
    },
    WebhookPatch: {
      type: 'object',
      description: 'A JSON Merge Patch (RFC 7396): only what is there is changed; `auth` is replaced as a whole.',
      additionalProperties: false,
      properties: {
        name: NAME,
        url: { type: 'string', maxLength: 2048 },
        events: EVENTS,
        ...Object.fromEntries(Object.entries({ ...SHARED, ...REQUEST_ONLY }).map(([name, { default: _, ...schema }]) => [name, schema])),
        headers: { ...TEXTS_OR_NULLS, description: `${HEADERS_RULE} Null takes one away.` },
        metadata: TEXTS_OR_NULLS,
        notifyEmails: NOTIFY_EMAILS,
      },
    },
    Webhook: {
      type: 'object',
      required: Object.keys(WEBHOOK_EXAMPLE),
      additionalProperties: false,
      properties: {
        id: { type: 'string', pattern: '^wh_' },
        accountId: { type: 'string' },
        name: { type: 'string' },
        url: { type: 'string' },
        events: { type: 'array', items: { type: 'string' } },
        ...SHARED,
        unknownEvents: {
          type: 'array',
          items: { type: 'string' },
          description: 'Entries of `events` that the catalog has lost; absent when there are none.',
        },
        headers: TEXTS,
        auth: {
          type: 'object',
          description: 'Without the credentials.',
          required: ['type'],
          additionalProperties: false,
          properties: {
            type: { enum: [...AUTH_TYPES] },
            headerName: { type: 'string' },
            headerNames: { type: 'array', items: { type: 'string' } },
          },
        },
        signing: { type: 'boolean' },
        hasSecret: { type: 'boolean' },
        secretLast4: { type: ['string', 'null'] },
        disabledReason: { type: ['string', 'null'] },
        disabledAt: { ...TIME, type: ['string', 'null'], description: 'Since when it is disabled; null: it is enabled.' },
        retryPolicy: RETRY_POLICY,
        metadata: TEXTS,
        notifyEmails: { ...NOTIFY_EMAILS, description: `${NOTIFY_EMAILS.description} Absent when there are none.` },
        version: { type: 'integer', minimum: 1 },
        createdAt: TIME,
        updatedAt: TIME,
        lastEvent: { oneOf: [ref('WebhookLastEvent'), { type: 'null' }], description: 'Null: there was none.' },
        health: ref('WebhookHealth'),
        counts: { oneOf: [ref('WebhookCounts'), { type: 'null' }], description: 'Null: the history does not answer.' },
        secret: { type: 'string', description: 'Only in the answer of the call that made it.' },
        secretWhsec: { type: 'string', description: 'The same secret as Standard Webhooks libraries take it.' },
      },
    },
    WebhookPage: pageOf('Webhook'),
    ...STANDING_SCHEMAS,
    SecretRotation: {
      type: 'object',
      additionalProperties: false,
      properties: {
        overlapSeconds: {
          type: 'integer',
          minimum: 0,
          maximum: 604_800,
          default: 86_400,
          description: 'How long the secret before signs as well; 0: not any longer.',
        },
        secret: REQUEST_ONLY['secret']!,
      },
    },
    RotatedSecret: {
      type: 'object',
      required: ['secret', 'secretWhsec', 'previousValidUntil'],
      additionalProperties: false,
      properties: {
        secret: { type: 'string' },
        secretWhsec: { type: 'string' },
        previousValidUntil: { ...TIME, type: ['string', 'null'] },
      },
    },
    WebhookChange: {
      type: 'object',
      required: ['version', 'type', 'actor', 'occurredAt', 'changes'],
      additionalProperties: false,
      properties: {
        version: { type: 'integer', minimum: 1 },
        type: { type: 'string', description: 'Such as `webhook.updated`.' },
        actor: { type: 'string', description: '`admin`, the id of a key, or a part of the system.' },
        occurredAt: TIME,
        changes: {
          type: 'array',
          items: {
            type: 'object',
            required: ['field', 'before', 'after'],
            additionalProperties: false,
            properties: {
              field: { type: 'string' },
              before: {},
              after: {},
              replaced: {
                type: 'array',
                items: { type: 'string' },
                description: 'Members that read `[set]` before and after, and are others now; left out when there are none.',
              },
            },
          },
          description: 'Secrets, credentials and values of headers read `[set]`.',
        },
      },
    },
    WebhookChangePage: pageOf('WebhookChange'),
  },
  operations: {
    'POST /v1/webhooks': {
      id: 'createWebhook',
      summary: 'Create a webhook',
      scope: WRITE,
      idempotent: true,
      problems: [409],
      body: {
        schema: ref('WebhookRequest'),
        examples: {
          small: { name: 'Billing', url: 'https://example.com/hooks', events: ['order_created'] },
          full: {
            name: 'Tickets of the shop',
            url: 'https://example.com/tickets',
            method: 'PUT',
            channelId: 'shop-7',
            events: ['tickets:*', 'order_created'],
            filter: 'data.total > 100.0',
            headers: { 'X-Env': 'prod' },
            auth: { type: 'API_KEY', headerName: 'x-api-key', key: 'k-123' },
            payloadFormat: 'STANDARD',
            signing: true,
            secret: 'a secret of 16 to 128 characters',
            retryPolicy: { schedule: ['5s', '5m', '1h'], finalStatuses: [404] },
            timeoutMs: 5000,
            maxInFlight: 20,
            rateLimit: { perSecond: 50 },
            metadata: { team: 'support' },
          },
        },
      },
      answers: { 201: webhookAnswer('The webhook, with its secret: the only time it is shown.', SHOWN) },
    },
    'GET /v1/webhooks': {
      id: 'listWebhooks',
      summary: 'List webhooks, newest first',
      scope: READ,
      query: {
        channelId: { type: 'string', description: 'Webhooks of this channel.' },
        status: { enum: ['enabled', 'disabled'], description: 'Webhooks of this status.' },
        health: { enum: [...HEALTH_STATES], description: 'Webhooks of this health.' },
        event: { type: 'string', description: 'Webhooks that get everything this entry of `events` stands for.' },
        module: { type: 'string', description: 'Webhooks that get any event of this module.' },
        q: { type: 'string', description: 'Part of the name or the URL, in any case.' },
        ...PAGING,
      },
      answers: {
        200: {
          description: 'One page.',
          content: { schema: ref('WebhookPage'), examples: { page: { data: [WEBHOOK_EXAMPLE], nextCursor: null } } },
        },
      },
    },
    'GET /v1/webhooks/{id}': { id: 'getWebhook', summary: 'Read a webhook', scope: READ, answers: { 200: webhookAnswer('The webhook.') } },
    'PUT /v1/webhooks/{id}': {
      id: 'replaceWebhook',
      summary: 'Replace a webhook',
      description:
        'Sets everything; `auth` and `secret`, which cannot be read back, stay when absent. The same request again changes nothing.',
      scope: WRITE,
      conditional: true,
      problems: [409],
      body: {
        schema: ref('WebhookRequest'),
        examples: { small: { name: 'Billing', url: 'https://example.com/hooks', events: ['order_created'] } },
      },
      answers: { 200: webhookAnswer('The webhook, with its secret when this call made one.') },
    },
    'PATCH /v1/webhooks/{id}': {
      id: 'updateWebhook',
      summary: 'Change a webhook',
      scope: WRITE,
      conditional: true,
      problems: [409],
      body: {
        schema: ref('WebhookPatch'),
        mediaTypes: ['application/json', 'application/merge-patch+json'],
        examples: {
          url: { url: 'https://example.com/v2' },
          'new secret': { signing: true },
          'without a header': { headers: { 'X-Env': null } },
        },
      },
      answers: { 200: webhookAnswer('The webhook, with its secret when this call made one.') },
    },
    'DELETE /v1/webhooks/{id}': {
      id: 'deleteWebhook',
      summary: 'Delete a webhook, its secrets and what is pending for good',
      scope: WRITE,
      conditional: true,
      answers: { 204: { description: 'It is gone.' } },
    },
    'POST /v1/webhooks/{id}/rotate-secret': {
      id: 'rotateSecret',
      summary: 'Replace the signing secret; the new one is shown this once',
      description: 'During the overlap each request carries both signatures. A second rotation ends the overlap of the first.',
      scope: WRITE,
      conditional: true,
      idempotent: true,
      body: {
        schema: ref('SecretRotation'),
        optional: true,
        examples: { hour: { overlapSeconds: 3600 }, 'at once': { overlapSeconds: 0 } },
      },
      answers: {
        200: {
          description: 'The new secret.',
          content: {
            schema: ref('RotatedSecret'),
            examples: { secret: { ...SECRET_EXAMPLE, previousValidUntil: '2026-11-21T10:15:30.123Z' } },
          },
          headers: { ETag: 'The version of the webhook.' },
        },
      },
    },
    'POST /v1/webhooks/{id}/revoke-previous-secret': {
      id: 'revokePreviousSecret',
      summary: 'End the overlap of a rotation at once',
      scope: WRITE,
      conditional: true,
      idempotent: true,
      answers: { 200: webhookAnswer('The webhook.') },
    },
    'GET /v1/webhooks/{id}/changes': {
      id: 'listWebhookChanges',
      summary: 'List what happened to a webhook, newest first',
      scope: READ,
      query: { ...PAGING },
      answers: {
        200: {
          description: 'One page.',
          content: {
            schema: ref('WebhookChangePage'),
            examples: {
              page: {
                data: [
                  {
                    version: 2,
                    type: 'webhook.updated',
                    actor: 'key_01kay2q4c8f0v6m3d9x7r5t1ze',
                    occurredAt: '2026-11-20T11:00:00.000Z',
                    changes: [{ field: 'name', before: 'Billing', after: 'Invoices' }],
                  },
                ],
                nextCursor: null,
              },
            },
          },
        },
      },
    },
    'POST /v1/webhooks/{id}/enable': {
      id: 'enableWebhook',
      idempotent: true,
      summary: 'Enable a webhook; what is pending goes out',
      scope: WRITE,
      conditional: true,
      answers: { 200: webhookAnswer('The webhook.') },
    },
    'POST /v1/webhooks/{id}/disable': {
      id: 'disableWebhook',
      idempotent: true,
      summary: 'Disable a webhook; what is pending waits',
      scope: WRITE,
      conditional: true,
      answers: { 200: webhookAnswer('The webhook.', { ...WEBHOOK_EXAMPLE, ...DISABLED }) },
    },
  },
};
