import { type ApiPart, PAGING, pageOf, ref, type Schema } from '#libs/openapi';
import { EVENT_DETAIL_EXAMPLE, EVENT_EXAMPLE, TRACE_EXAMPLE } from './history.examples.js';
import { EVENT_RESULTS } from './event-result.js';
import { MISS_REASONS } from './miss-reasons.js';

const TIME: Schema = { type: 'string', format: 'date-time' };
const COUNT: Schema = { type: 'integer', minimum: 0 };
const TEXT_OR_NULL: Schema = { type: ['string', 'null'] };
const READ = 'deliveries:read';

const EVENT: Readonly<Record<string, Schema>> = {
  id: { type: 'string', description: 'As its publisher named it.' },
  type: { type: 'string' },
  source: { type: 'string' },
  channelId: TEXT_OR_NULL,
  time: { type: 'string', description: 'When it occurred, as its publisher said.' },
  receivedAt: { ...TIME, description: 'When its first delivery was requested, or when no webhook wanted it.' },
  test: { type: 'boolean', description: 'Whether it was made for a test.' },
  matched: { ...COUNT, description: 'How many webhooks it went to.' },
  result: {
    enum: [...EVENT_RESULTS],
    description:
      '`running` while any delivery goes on; else `failed` when any has failed, `succeeded` when any has succeeded, `discarded` when all were; `unmatched`: no webhook wanted it.',
  },
  deliveries: {
    type: 'object',
    description: 'How many deliveries are in each state.',
    required: Object.keys(EVENT_EXAMPLE.deliveries),
    additionalProperties: false,
    properties: Object.fromEntries(Object.keys(EVENT_EXAMPLE.deliveries).map((state) => [state, COUNT])),
  },
};
const OF_SOURCE = { source: { type: 'string', maxLength: 2048, description: 'When several publishers use the id: of this one.' } } as const;

/** Past events, in the API document. */
export const pastEventsApi: Pick<ApiPart, 'operations' | 'schemas'> = {
  schemas: {
    PastEvent: { type: 'object', required: Object.keys(EVENT_EXAMPLE), additionalProperties: false, properties: EVENT },
    PastEventDetail: {
      type: 'object',
      required: Object.keys(EVENT_DETAIL_EXAMPLE),
      additionalProperties: false,
      properties: {
        ...EVENT,
        dataContentType: TEXT_OR_NULL,
        context: { ...TEXT_OR_NULL, description: 'JSON, as published.' },
        data: { ...TEXT_OR_NULL, description: 'As published, every byte of it; null when it is no text.' },
        dataState: { enum: ['kept', 'redacted'], description: '`redacted`: something was taken out, so that it cannot be sent again.' },
        traceparent: TEXT_OR_NULL,
      },
    },
    PastEventPage: pageOf('PastEvent'),
    EventTrace: {
      type: 'object',
      required: ['event', 'webhooks', 'truncated'],
      additionalProperties: false,
      properties: {
        event: ref('PastEvent'),
        webhooks: { type: 'array', items: ref('TracedWebhook'), description: 'Those it went to first, then the others, newest first.' },
        truncated: { type: 'boolean', description: 'Whether the account has more webhooks than are listed.' },
      },
    },
    TracedWebhook: {
      type: 'object',
      required: Object.keys(TRACE_EXAMPLE.webhooks[0]!),
      additionalProperties: false,
      properties: {
        webhookId: { type: 'string', pattern: '^wh_' },
        name: { ...TEXT_OR_NULL, description: 'Null: the webhook has been deleted.' },
        url: TEXT_OR_NULL,
        matched: { type: 'boolean' },
        reason: { enum: [...MISS_REASONS, null], description: 'Why it did not match.' },
        words: { type: 'string', description: 'The same in words.' },
        changedSince: { type: 'boolean', description: 'Whether the webhook has been changed since the event came.' },
        deliveries: {
          type: 'array',
          items: {
            type: 'object',
            required: ['delivery', 'attempts'],
            additionalProperties: false,
            properties: { delivery: ref('Delivery'), attempts: { type: 'array', items: ref('Attempt'), description: 'Oldest first.' } },
          },
        },
      },
    },
  },
  operations: {
    'GET /v1/events': {
      id: 'listEvents',
      summary: 'List events, those that no webhook wanted too, newest first',
      scope: READ,
      query: {
        type: { type: 'string', maxLength: 200, description: 'Events of this type.' },
        id: { type: 'string', maxLength: 256, description: 'The events with this id.' },
        unmatched: { type: 'boolean', enum: [true], description: 'Only events that went to no webhook.' },
        from: { ...TIME, description: 'Events of then or later.' },
        to: { ...TIME, description: 'Events before.' },
        ...PAGING,
      },
      answers: {
        200: {
          description: 'One page.',
          content: { schema: ref('PastEventPage'), examples: { page: { data: [EVENT_EXAMPLE], nextCursor: null } } },
        },
      },
    },
    'GET /v1/events/{id}': {
      id: 'getEvent',
      summary: 'Read an event as it was published',
      scope: READ,
      query: OF_SOURCE,
      answers: {
        200: { description: 'The event.', content: { schema: ref('PastEventDetail'), examples: { event: EVENT_DETAIL_EXAMPLE } } },
      },
    },
    'GET /v1/events/{id}/trace': {
      id: 'traceEvent',
      summary: 'Follow an event: each webhook of the account, matched or why not, and each attempt',
      scope: READ,
      query: OF_SOURCE,
      answers: { 200: { description: 'The trace.', content: { schema: ref('EventTrace'), examples: { trace: TRACE_EXAMPLE } } } },
    },
  },
};
