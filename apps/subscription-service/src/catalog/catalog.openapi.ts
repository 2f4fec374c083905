import { REDACT, SCHEMA_CHECKS } from '#libs/catalog';
import { type Answer, type ApiPart, PAGING, pageOf, ref, type Schema } from '#libs/openapi';

const TIME: Schema = { type: 'string', format: 'date-time' };
const DEPRECATED: Schema = {
  type: ['object', 'null'],
  description: 'That the type should no longer be used.',
  additionalProperties: false,
  properties: {
    since: TIME,
    message: { type: ['string', 'null'], maxLength: 1000 },
    replacedBy: { type: ['string', 'null'], maxLength: 128 },
  },
};
const SCHEMA_CHECK: Schema = { enum: [...SCHEMA_CHECKS], description: 'What happens to data that does not fit `schema`.' };
const DEFINITION: Readonly<Record<string, Schema>> = {
  module: { type: 'string', minLength: 1, maxLength: 64 },
  label: { type: 'string', minLength: 1, maxLength: 100 },
  description: { type: 'string', minLength: 1, maxLength: 2000 },
  combines: { type: 'array', items: { type: 'string' }, description: 'The types that a subscription to this one means.' },
  schemaCheck: SCHEMA_CHECK,
  deprecated: DEPRECATED,
  redact: {
    type: 'array',
    maxItems: REDACT.most,
    uniqueItems: true,
    items: { type: 'string', maxLength: REDACT.pointerLength, pattern: REDACT.pointer },
    description:
      'JSON pointers into `data`, `*` standing for every member or item: what is replaced by `[redacted]` before anything is stored. Receivers get all of it. An event of which something was taken out cannot be sent again. Of a combined type none: its members have theirs.',
  },
};
const EXAMPLE = {
  name: 'invoice.paid',
  module: 'orders',
  label: 'Invoice paid',
  description: 'A customer has paid an invoice.',
  updatedAt: '2026-11-20T10:15:30.123Z',
  origin: 'admin',
  version: 1,
  schemaCheck: 'off',
  deprecated: null,
  redact: ['/customer/email'],
  combines: [],
  schema: { type: 'object', required: ['invoiceId'], properties: { invoiceId: { type: 'string' } } },
  sample: { invoiceId: 'in_1' },
  subscribers: 3,
  volume7d: 1284,
};
const MODULE_EXAMPLE = {
  name: 'orders',
  label: 'Orders',
  topic: 'orders',
  eventTypes: ['order_created', 'order_updated'],
  updatedAt: '2026-11-20T00:00:00Z',
};
const REQUEST_EXAMPLE = {
  module: 'orders',
  label: 'Invoice paid',
  description: 'A customer has paid an invoice.',
  schema: EXAMPLE.schema,
  sample: EXAMPLE.sample,
};
const answer = (description: string): Answer => ({
  description,
  content: { schema: ref('EventType'), examples: { type: EXAMPLE } },
  headers: { ETag: 'The version of the type.' },
});

/** The catalog’s part of the API document. */
export const catalogApi: ApiPart = {
  tag: { name: 'Catalog', description: 'Which events there are.' },
  schemas: {
    EventModule: {
      type: 'object',
      required: Object.keys(MODULE_EXAMPLE),
      additionalProperties: false,
      properties: {
        name: { type: 'string' },
        label: { type: 'string' },
        topic: { type: 'string', description: 'The Kafka topic on which its events travel.' },
        eventTypes: { type: 'array', items: { type: 'string' } },
        updatedAt: { ...TIME, type: ['string', 'null'] },
      },
    },
    EventType: {
      type: 'object',
      required: Object.keys(EXAMPLE),
      additionalProperties: false,
      properties: {
        name: { type: 'string', pattern: '^[A-Za-z0-9_.:-]{1,128}$' },
        ...DEFINITION,
        updatedAt: TIME,
        origin: { enum: ['shipped', 'deployment', 'admin'] },
        version: { type: 'integer', minimum: 1 },
        schema: { type: 'object', description: 'JSON Schema, draft 2020-12, of `data`.' },
        sample: { description: 'Realistic data that fits the schema.' },
        subscribers: { type: 'integer', minimum: 0, description: 'Webhooks of the account that get the type, disabled ones included.' },
        volume7d: {
          type: ['integer', 'null'],
          minimum: 0,
          description:
            'Events of the type that came in the last 7 days (UTC, today included) while the account had a webhook, wanted or not; null: not known at the moment.',
        },
      },
    },
    EventTypeRequest: {
      type: 'object',
      description: 'Either `schema` with `sample`, or `combines`.',
      required: ['module', 'label', 'description'],
      additionalProperties: false,
      properties: {
        ...DEFINITION,
        combines: { ...DEFINITION['combines'], minItems: 2, maxItems: 100, uniqueItems: true },
        schema: { type: 'object', description: 'JSON Schema, draft 2020-12, of `data`; at most 64 KiB.' },
        sample: { description: 'Data that fits the schema.' },
      },
    },
    EventTypeVersion: {
      type: 'object',
      required: ['name', 'version', 'definition', 'createdAt', 'actor'],
      additionalProperties: false,
      properties: {
        name: { type: 'string' },
        version: { type: 'integer', minimum: 1 },
        definition: { type: ['object', 'null'], description: 'As it was defined; null: this version deleted the type.' },
        createdAt: TIME,
        actor: { type: 'string' },
      },
    },
    EventModulePage: pageOf('EventModule'),
    EventTypePage: pageOf('EventType'),
    EventTypeVersionPage: pageOf('EventTypeVersion'),
  },
  operations: {
    'GET /v1/modules': {
      id: 'listModules',
      summary: 'List modules with the names of their event types',
      scope: 'any',
      query: { ...PAGING },
      answers: {
        200: {
          description: 'One page.',
          content: { schema: ref('EventModulePage'), examples: { page: { data: [MODULE_EXAMPLE], nextCursor: null } } },
        },
      },
    },
    'GET /v1/event-types': {
      id: 'listEventTypes',
      summary: 'List event types by name',
      scope: 'any',
      query: {
        module: { type: 'string', description: 'Types of this module.' },
        deprecated: { type: 'boolean', description: 'Only deprecated ones, or none of them.' },
        q: { type: 'string', description: 'Part of the name, the label or the description, in any case.' },
        ...PAGING,
      },
      answers: {
        200: {
          description: 'One page.',
          content: { schema: ref('EventTypePage'), examples: { page: { data: [EXAMPLE], nextCursor: null } } },
        },
      },
    },
    'GET /v1/event-types/{type}': {
      id: 'getEventType',
      summary: 'Read an event type with its schema and a sample',
      scope: 'any',
      answers: { 200: answer('The type.') },
    },
    'GET /v1/event-types/{type}/versions': {
      id: 'listEventTypeVersions',
      summary: 'List the versions of an event type, newest first',
      scope: 'any',
      query: { ...PAGING },
      answers: {
        200: {
          description: 'One page.',
          content: {
            schema: ref('EventTypeVersionPage'),
            examples: {
              page: {
                data: [{ name: 'invoice.paid', version: 1, definition: REQUEST_EXAMPLE, createdAt: EXAMPLE.updatedAt, actor: 'admin' }],
                nextCursor: null,
              },
            },
          },
        },
      },
    },
    'PUT /v1/event-types/{type}': {
      id: 'putEventType',
      summary: 'Define an event type, or another version of it',
      description: 'Types that files define cannot be redefined. The same again changes nothing.',
      scope: 'admin',
      conditional: true,
      problems: [409],
      body: {
        schema: ref('EventTypeRequest'),
        examples: {
          type: REQUEST_EXAMPLE,
          combined: {
            module: 'orders',
            label: 'Any order',
            description: 'Created or updated.',
            combines: ['order_created', 'order_updated'],
          },
        },
      },
      answers: { 200: answer('The type, which was there before.'), 201: answer('The new type.') },
    },
    'DELETE /v1/event-types/{type}': {
      id: 'deleteEventType',
      summary: 'Delete an event type; webhooks that name it keep the name and get none of its events',
      scope: 'admin',
      conditional: true,
      problems: [409],
      answers: { 204: { description: 'It is gone.' } },
    },
  },
};
