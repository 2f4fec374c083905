import { type ApiPart, ref, type Schema } from '#libs/openapi';

const EVENT_EXAMPLE = { type: 'order_created', channelId: 'shop-7', data: { orderId: 'o-1', total: 12.5 } };
const WARNINGS: Schema = {
  type: 'array',
  items: ref('FieldError'),
  description: 'What does not fit the schema of the type, or that the type is deprecated; the event was taken all the same.',
};
const ACCEPTED: Schema = {
  type: 'object',
  required: ['id'],
  additionalProperties: false,
  properties: { id: { type: 'string' }, warnings: WARNINGS },
};

/** The part of the API document about publishing events. */
export const eventsApi: ApiPart = {
  tag: { name: 'Events', description: 'Publishing events over HTTP instead of Kafka.' },
  schemas: {
    EventRequest: {
      type: 'object',
      required: ['type', 'data'],
      additionalProperties: false,
      properties: {
        type: { type: 'string', minLength: 1, maxLength: 128 },
        id: {
          type: 'string',
          minLength: 1,
          maxLength: 256,
          pattern: '^[!-~]([ -~]*[!-~])?$',
          description: 'Generated when absent; repeats within ten minutes are dropped.',
        },
        time: { type: 'string', format: 'date-time', description: 'Now when absent.' },
        channelId: { type: 'string', minLength: 1, maxLength: 200 },
        context: { description: 'What the format `ENVELOPE` calls `current_context`.' },
        data: { description: 'Any JSON; reaches receivers byte for byte.' },
      },
    },
    AcceptedEvent: ACCEPTED,
    EventBatch: {
      type: 'object',
      required: ['events'],
      additionalProperties: false,
      properties: { events: { type: 'array', minItems: 1, maxItems: 1000, items: ref('EventRequest') } },
    },
    EventBatchResult: {
      type: 'object',
      required: ['results'],
      additionalProperties: false,
      properties: { results: { type: 'array', items: { anyOf: [ref('AcceptedEvent'), ref('RefusedEvent')] } } },
    },
    RefusedEvent: {
      type: 'object',
      required: ['error'],
      additionalProperties: false,
      properties: {
        id: { type: 'string' },
        error: {
          type: 'object',
          required: ['code', 'title', 'status', 'detail'],
          additionalProperties: false,
          properties: {
            code: { type: 'string' },
            title: { type: 'string' },
            status: { type: 'integer' },
            detail: { type: 'string' },
            errors: { type: 'array', items: ref('FieldError') },
          },
        },
      },
    },
  },
  operations: {
    'POST /v1/events': {
      id: 'publishEvent',
      summary: 'Publish an event; answered once Kafka has it',
      scope: 'events:write',
      idempotent: true,
      body: { schema: ref('EventRequest'), examples: { order: EVENT_EXAMPLE } },
      answers: {
        202: {
          description: 'Kafka has it.',
          content: { schema: ref('AcceptedEvent'), examples: { id: { id: 'evt_01kay2q4c8f0v6m3d9x7r5t1ze' } } },
        },
      },
    },
    'POST /v1/events/batch': {
      id: 'publishEvents',
      summary: 'Publish up to 1,000 events, each with its own result',
      description: 'Results come in the order of the events. Send what was refused as unavailable again with the same ids. At most 8 MiB.',
      scope: 'events:write',
      idempotent: true,
      body: { schema: ref('EventBatch'), examples: { two: { events: [EVENT_EXAMPLE, { ...EVENT_EXAMPLE, id: 'order-2' }] } } },
      answers: {
        202: {
          description: 'What became of each.',
          content: {
            schema: ref('EventBatchResult'),
            examples: {
              mixed: {
                results: [
                  { id: 'evt_01kay2q4c8f0v6m3d9x7r5t1ze' },
                  {
                    id: 'order-2',
                    error: {
                      code: 'VALIDATION_FAILED',
                      title: 'Validation failed',
                      status: 422,
                      detail: '1 field is invalid',
                      errors: [{ field: 'type', rule: 'unknown-event-type', message: 'the catalog has no event type of this name' }],
                    },
                  },
                ],
              },
            },
          },
        },
      },
    },
  },
};
