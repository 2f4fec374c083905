import { DISCARD_REASONS, ERROR_CLASSES } from '#libs/contracts';
import { type ApiPart, PAGING, pageOf, ref, type Schema } from '#libs/openapi';
import { DELIVERY_STATES } from '../history-schema/index.js';
import { DELIVERY_DETAIL_EXAMPLE, DELIVERY_EXAMPLE } from './history.examples.js';

const TIME: Schema = { type: 'string', format: 'date-time' };
const TIME_OR_NULL: Schema = { type: ['string', 'null'], format: 'date-time' };
const READ = 'deliveries:read';

const DELIVERY: Readonly<Record<string, Schema>> = {
  id: { type: 'string', pattern: '^dlv_' },
  webhookId: { type: 'string', pattern: '^wh_' },
  eventId: { type: 'string' },
  eventType: { type: 'string' },
  channelId: { type: ['string', 'null'] },
  test: { type: 'boolean', description: 'Whether it is a test, which counts nowhere.' },
  state: { enum: [...DELIVERY_STATES] },
  reason: { enum: [...DISCARD_REASONS, null], description: 'Why it was discarded.' },
  attempts: { type: 'integer', minimum: 0, description: 'Attempts made.' },
  lastStatusCode: { type: ['integer', 'null'] },
  lastErrorClass: { enum: [...ERROR_CLASSES, null] },
  nextAttemptAt: { ...TIME_OR_NULL, description: 'Of one that is `retrying`.' },
  createdAt: TIME,
  completedAt: TIME_OR_NULL,
};

/** Deliveries in the API document. */
export const deliveriesApi: Pick<ApiPart, 'operations' | 'schemas'> = {
  schemas: {
    Delivery: { type: 'object', required: Object.keys(DELIVERY_EXAMPLE), additionalProperties: false, properties: DELIVERY },
    DeliveryDetail: {
      type: 'object',
      required: Object.keys(DELIVERY_DETAIL_EXAMPLE),
      additionalProperties: false,
      properties: {
        ...DELIVERY,
        totalMs: { type: ['integer', 'null'], description: 'From the request of the delivery to its end.' },
        failure: { oneOf: [ref('AttemptFailure'), { type: 'null' }], description: 'Of its last attempt.' },
        event: {
          type: ['object', 'null'],
          description: 'The event as it was published; null when it is no longer kept.',
          required: ['source', 'time', 'dataState'],
          additionalProperties: false,
          properties: { source: { type: 'string' }, time: { type: 'string' }, dataState: { enum: ['kept', 'redacted'] } },
        },
        timeline: { type: 'array', items: ref('Attempt'), description: 'Its attempts, oldest first; the latest 100.' },
      },
    },
    DeliveryPage: pageOf('Delivery'),
  },
  operations: {
    'GET /v1/deliveries': {
      id: 'listDeliveries',
      summary: 'List deliveries, newest events first',
      scope: READ,
      query: {
        webhookId: { type: 'string', maxLength: 100, description: 'Deliveries to this webhook.' },
        eventId: { type: 'string', maxLength: 256, description: 'Deliveries of this event.' },
        state: { enum: [...DELIVERY_STATES], description: 'Deliveries in this state.' },
        from: { ...TIME, description: 'Deliveries of events of then or later.' },
        to: { ...TIME, description: 'Deliveries of events before.' },
        ...PAGING,
      },
      answers: {
        200: {
          description: 'One page.',
          content: { schema: ref('DeliveryPage'), examples: { page: { data: [DELIVERY_EXAMPLE], nextCursor: null } } },
        },
      },
    },
    'GET /v1/deliveries/{id}': {
      id: 'getDelivery',
      summary: 'Read a delivery with its attempts',
      scope: READ,
      answers: {
        200: { description: 'The delivery.', content: { schema: ref('DeliveryDetail'), examples: { delivery: DELIVERY_DETAIL_EXAMPLE } } },
      },
    },
  },
};
