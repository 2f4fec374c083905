import { type ApiPart, ref } from '#libs/openapi';

/** The part of the API document about trying filters. */
export const filtersApi: ApiPart = {
  tag: { name: 'Filters', description: 'Conditions on events, in CEL.' },
  schemas: {
    FilterTest: {
      type: 'object',
      required: ['filter', 'event'],
      additionalProperties: false,
      properties: {
        filter: { type: 'string', maxLength: 4096 },
        event: {
          type: 'object',
          required: ['type', 'data'],
          additionalProperties: false,
          properties: {
            type: { type: 'string', minLength: 1, maxLength: 128 },
            id: { type: 'string', minLength: 1, maxLength: 256, pattern: '^[!-~]([ -~]*[!-~])?$' },
            accountId: { type: 'string', minLength: 1, maxLength: 256, description: 'The caller’s when absent.' },
            channelId: { type: 'string', minLength: 1, maxLength: 200 },
            time: { type: 'string', format: 'date-time' },
            context: {},
            data: {},
          },
        },
      },
    },
    FilterTestResult: { type: 'object', required: ['matches'], additionalProperties: false, properties: { matches: { type: 'boolean' } } },
  },
  operations: {
    'POST /v1/filters/test': {
      id: 'testFilter',
      summary: 'Try a filter on an event; a fault is told with its place',
      scope: 'any',
      idempotent: true,
      body: {
        schema: ref('FilterTest'),
        examples: { total: { filter: 'data.total > 100.0', event: { type: 'order_created', data: { total: 120.5 } } } },
      },
      answers: {
        200: {
          description: 'Whether the event passes.',
          content: { schema: ref('FilterTestResult'), examples: { yes: { matches: true } } },
        },
      },
    },
  },
};
