import { ATTEMPT_TRIGGERS, ERROR_CLASSES } from '#libs/contracts';
import { type ApiPart, PAGING, pageOf, ref, type Schema } from '#libs/openapi';
import { EVENT_TARGETS, REDELIVERY_STATUSES, SELECTABLE } from './redelivery.js';

const SEND = 'deliveries:redeliver';
const READ = 'deliveries:read';
const TIME: Schema = { type: 'string', format: 'date-time' };
const TIME_OR_NULL: Schema = { type: ['string', 'null'], format: 'date-time' };
const ID_OR_NULL: Schema = { type: ['string', 'null'] };
const COUNT: Schema = { type: 'integer', minimum: 0 };
const COUNT_OR_NULL: Schema = { type: ['integer', 'null'], minimum: 0 };

const DELIVERY = 'dlv_01kay2q4c8f0v6m3d9x7r5t1ze';
const WEBHOOK = 'wh_01kay2q4c8f0v6m3d9x7r5t1ze';
const FILTER = {
  ...{ since: '2026-11-20T00:00:00.000Z', until: '2026-11-21T09:00:00.000Z', statuses: ['failed'], eventTypes: null },
  ...{ code: '5xx', errorClass: null, trigger: null, deliveryId: null, eventId: null },
};
const EXAMPLE = {
  id: 'rdl_01kay2q4c8f0v6m3d9x7r5t1ze',
  kind: 'webhook',
  webhookId: WEBHOOK,
  eventId: null,
  dryRun: false,
  filter: FILTER,
  status: 'running',
  count: 1284,
  countIsLowerBound: false,
  sent: 350,
  skipped: 2,
  remaining: 932,
  succeeded: 340,
  failed: 1,
  problem: null,
  createdAt: '2026-11-21T09:00:00.000Z',
  createdBy: 'key_01kay2q4c8f0v6m3d9x7r5t1ze',
  startedAt: '2026-11-21T09:00:00.200Z',
  completedAt: null,
};
const DRY_RUN = {
  ...EXAMPLE,
  ...{ id: null, dryRun: true, status: 'counted', sent: 0, skipped: 0, remaining: 1284, succeeded: null, failed: null },
  ...{ createdAt: null, createdBy: null, startedAt: null },
};
const EVENT_EXAMPLE = {
  ...EXAMPLE,
  kind: 'event',
  webhookId: null,
  eventId: 'order-1',
  filter: null,
  count: 3,
  sent: 0,
  skipped: 0,
  remaining: 3,
};
const NEW = {
  status: 'preparing',
  count: 0,
  countIsLowerBound: true,
  sent: 0,
  skipped: 0,
  remaining: 0,
  succeeded: 0,
  failed: 0,
  startedAt: null,
};

const OF_LAST_ATTEMPT = 'Earlier attempts do not count, and what was never attempted, such as what was missed, is left out.';

const redelivery = (description: string, examples: Record<string, unknown>) => ({
  description,
  content: { schema: ref('Redelivery'), examples },
});
const command = (summary: string, description: string, id: string, name: string) => ({
  id,
  summary,
  description,
  scope: 'webhooks:write',
  idempotent: true,
  answers: {
    202: {
      description: 'It was asked for.',
      content: { schema: ref('EndpointCommand'), examples: { asked: { webhookId: WEBHOOK, command: name } } },
    },
  },
});

/** The part of the API document about sending again. */
export const redeliveryApi: ApiPart = {
  tag: { name: 'Redelivery', description: 'Sending again, cancelling, and what the circuit breaker of an endpoint is told.' },
  schemas: {
    RedeliverRequest: {
      type: 'object',
      additionalProperties: false,
      properties: { webhookId: { type: 'string', description: 'Another webhook of the account, to which the event goes instead.' } },
    },
    RedeliveredDelivery: {
      type: 'object',
      required: ['deliveryId', 'webhookId', 'attempt', 'kind'],
      additionalProperties: false,
      properties: {
        deliveryId: { type: 'string' },
        webhookId: { type: 'string' },
        attempt: { type: 'integer', minimum: 1, description: 'The attempt that follows; sent as `x-hookstream-attempt`.' },
        kind: {
          enum: ['redelivery', 'expedited'],
          description: '`expedited`: the delivery was pending or retrying, and its next attempt is made now.',
        },
      },
    },
    CancelledDelivery: {
      type: 'object',
      required: ['deliveryId', 'webhookId'],
      additionalProperties: false,
      properties: { deliveryId: { type: 'string' }, webhookId: { type: 'string' } },
    },
    EndpointCommand: {
      type: 'object',
      required: ['webhookId', 'command'],
      additionalProperties: false,
      properties: { webhookId: { type: 'string' }, command: { enum: ['probe', 'reset-circuit'] } },
    },
    RedeliveryRequest: {
      type: 'object',
      required: ['since'],
      additionalProperties: false,
      properties: {
        since: { ...TIME, description: 'Deliveries requested, and missed events published, from then on…' },
        until: { ...TIME, description: '…and before then; now when absent.' },
        statuses: {
          type: 'array',
          minItems: 1,
          uniqueItems: true,
          items: { enum: SELECTABLE },
          description:
            '`missed`: events of the last 7 days that occurred while the webhook was disabled and that it would have got. Absent: all that did not arrive, `failed`, `discarded` (but for what was cancelled) and `missed`. What is pending or retrying goes out by itself.',
        },
        eventTypes: { type: 'array', minItems: 1, maxItems: 100, items: { type: 'string', pattern: '^[A-Za-z0-9_.:-]{1,128}$' } },
        code: {
          type: 'string',
          pattern: '^([1-5]xx|[1-5][0-9]{2}|none)$',
          description: `How the last attempt was answered: a status code, a class such as \`5xx\`, or \`none\`. ${OF_LAST_ATTEMPT}`,
        },
        errorClass: {
          ...{ type: 'array', minItems: 1, uniqueItems: true, items: { enum: [...ERROR_CLASSES] } },
          description: `The last attempt failed in any of these ways. ${OF_LAST_ATTEMPT}`,
        },
        trigger: {
          ...{ type: 'array', minItems: 1, uniqueItems: true, items: { enum: [...ATTEMPT_TRIGGERS] } },
          description: `The last attempt was made for any of these reasons. ${OF_LAST_ATTEMPT}`,
        },
        deliveryId: { type: 'string', maxLength: 100, description: 'This delivery alone.' },
        eventId: { type: 'string', maxLength: 256, description: 'Deliveries of this event.' },
        dryRun: { type: 'boolean', description: 'Only count.' },
      },
    },
    EventRedeliveryRequest: {
      type: 'object',
      required: ['to'],
      additionalProperties: false,
      properties: {
        to: {
          enum: EVENT_TARGETS,
          description:
            '`all`: every enabled webhook that the event matches now or that got it then; `missing`: those of them at which it has not arrived; `webhook`: the one of `webhookId`, whether it matches or not.',
        },
        webhookId: { type: 'string' },
        source: {
          type: 'string',
          maxLength: 2048,
          description: 'When several publishers use the id: the event of this one; of the latest when absent.',
        },
      },
    },
    RedeliveryFilter: {
      type: ['object', 'null'],
      required: Object.keys(FILTER),
      additionalProperties: false,
      properties: {
        since: TIME,
        until: TIME,
        statuses: { type: ['array', 'null'], items: { enum: SELECTABLE } },
        eventTypes: { type: ['array', 'null'], items: { type: 'string' } },
        code: { type: ['string', 'null'] },
        errorClass: { type: ['array', 'null'], items: { enum: [...ERROR_CLASSES] } },
        trigger: { type: ['array', 'null'], items: { enum: [...ATTEMPT_TRIGGERS] } },
        deliveryId: ID_OR_NULL,
        eventId: ID_OR_NULL,
      },
    },
    Redelivery: {
      type: 'object',
      required: Object.keys(EXAMPLE),
      additionalProperties: false,
      properties: {
        id: { ...ID_OR_NULL, description: 'Null of a dry run.' },
        kind: { enum: ['webhook', 'event'] },
        webhookId: { ...ID_OR_NULL, description: 'Null when it goes to several.' },
        eventId: ID_OR_NULL,
        dryRun: { type: 'boolean' },
        filter: ref('RedeliveryFilter'),
        status: {
          enum: [...REDELIVERY_STATUSES, 'counted'],
          description: '`preparing`: what matches is being gathered; `failed`: it cannot go on, `problem` says why; `counted`: a dry run.',
        },
        count: { ...COUNT, description: 'Deliveries in it.' },
        countIsLowerBound: { type: 'boolean', description: 'Whether there may be more.' },
        sent: { ...COUNT, description: 'Handed over to be delivered.' },
        skipped: {
          ...COUNT,
          description: 'Passed over: the data is gone or redacted, the webhook is gone, or the delivery goes on by itself.',
        },
        remaining: COUNT,
        succeeded: { ...COUNT_OR_NULL, description: 'Of those sent, so far; null in lists.' },
        failed: { ...COUNT_OR_NULL, description: 'Of those sent, failed or discarded for good so far; null in lists.' },
        problem: { type: ['string', 'null'], description: 'Why it does not go on.' },
        createdAt: TIME_OR_NULL,
        createdBy: ID_OR_NULL,
        startedAt: TIME_OR_NULL,
        completedAt: TIME_OR_NULL,
      },
    },
    RedeliveryPage: pageOf('Redelivery'),
  },
  operations: {
    'POST /v1/deliveries/{id}/redeliver': {
      id: 'redeliverDelivery',
      summary: 'Send a delivery again',
      description:
        'Of a delivery that has ended it is the next attempt, with the same `webhook-id`; one that waits is attempted now. Refused when the data of the event is gone or redacted, or the webhook is disabled.',
      scope: SEND,
      idempotent: true,
      body: { schema: ref('RedeliverRequest'), optional: true, examples: { again: {}, elsewhere: { webhookId: WEBHOOK } } },
      answers: {
        202: {
          description: 'It was handed over.',
          content: {
            schema: ref('RedeliveredDelivery'),
            examples: {
              again: { deliveryId: DELIVERY, webhookId: WEBHOOK, attempt: 3, kind: 'redelivery' },
              waiting: { deliveryId: DELIVERY, webhookId: WEBHOOK, attempt: 2, kind: 'expedited' },
            },
          },
        },
      },
    },
    'POST /v1/deliveries/{id}/cancel': {
      id: 'cancelDelivery',
      summary: 'Cancel a delivery that is pending or retrying',
      description: 'It ends as `discarded`, within a second as a rule. An attempt that is under way ends as it does.',
      scope: SEND,
      idempotent: true,
      answers: {
        202: {
          description: 'It was asked for.',
          content: { schema: ref('CancelledDelivery'), examples: { asked: { deliveryId: DELIVERY, webhookId: WEBHOOK } } },
        },
      },
    },
    'POST /v1/webhooks/{id}/redeliver': {
      id: 'redeliverWebhook',
      summary: 'Send all deliveries of a webhook again that match',
      description:
        'They go out oldest first, paced and behind what is new; `GET /v1/redeliveries/{id}` tells how far it is. With `dryRun` they are only counted.',
      scope: SEND,
      idempotent: true,
      body: {
        schema: ref('RedeliveryRequest'),
        examples: {
          failed: { since: FILTER.since, statuses: ['failed'] },
          'count first': { since: FILTER.since, statuses: ['failed'], dryRun: true },
          'all that was missed': { since: FILTER.since },
        },
      },
      answers: {
        202: redelivery('The redelivery, or what it would be.', { begun: { ...EXAMPLE, ...NEW }, 'dry run': DRY_RUN }),
      },
    },
    'POST /v1/events/{id}/redeliver': {
      id: 'redeliverEvent',
      summary: 'Send an event again, to all its webhooks, to one, or where it has not arrived',
      scope: SEND,
      idempotent: true,
      body: {
        schema: ref('EventRedeliveryRequest'),
        examples: { all: { to: 'all' }, missing: { to: 'missing' }, one: { to: 'webhook', webhookId: WEBHOOK } },
      },
      answers: { 202: redelivery('The redelivery.', { begun: { ...EVENT_EXAMPLE, succeeded: 0, failed: 0 } }) },
    },
    'GET /v1/redeliveries': {
      id: 'listRedeliveries',
      summary: 'List redeliveries, newest first',
      scope: READ,
      query: {
        webhookId: { type: 'string', description: 'Those of this webhook.' },
        status: { enum: REDELIVERY_STATUSES, description: 'Those of this status.' },
        ...PAGING,
      },
      answers: {
        200: {
          description: 'One page.',
          content: {
            schema: ref('RedeliveryPage'),
            examples: { page: { data: [{ ...EXAMPLE, succeeded: null, failed: null }], nextCursor: null } },
          },
        },
      },
    },
    'GET /v1/redeliveries/{id}': {
      id: 'getRedelivery',
      summary: 'How far a redelivery is',
      scope: READ,
      answers: { 200: redelivery('The redelivery.', { running: EXAMPLE }) },
    },
    'POST /v1/redeliveries/{id}/cancel': {
      id: 'cancelRedelivery',
      summary: 'End a redelivery; what was sent stays sent',
      scope: SEND,
      idempotent: true,
      answers: {
        200: redelivery('The redelivery.', {
          cancelled: { ...EXAMPLE, status: 'cancelled', remaining: 0, completedAt: '2026-11-21T09:01:00.000Z' },
        }),
      },
    },
    'POST /v1/webhooks/{id}/probe': command(
      'Try an endpoint now although its circuit is open',
      'One of the deliveries that wait is attempted. When nothing waits, the next delivery is the probe.',
      'probeWebhook',
      'probe',
    ),
    'POST /v1/webhooks/{id}/reset-circuit': command(
      'Close the circuit of an endpoint',
      'All that waits goes out, slowly at first.',
      'resetCircuit',
      'reset-circuit',
    ),
  },
};
