import { type ApiPart, ref, type Schema } from '#libs/openapi';
import { OUTCOME_CLASSES } from './outcome-classes.js';
import { OVERVIEW_EXAMPLE, STATS_EXAMPLE } from './history.examples.js';
import { BUCKETS, RANGES } from './stat-range.js';

const TIME: Schema = { type: 'string', format: 'date-time' };
const COUNT: Schema = { type: 'integer', minimum: 0 };
const MS_OR_NULL: Schema = { type: ['number', 'null'], minimum: 0 };
const READ = 'deliveries:read';

const COUNTS: Readonly<Record<string, Schema>> = {
  attempts: COUNT,
  succeeded: COUNT,
  failed: COUNT,
  deliveries: { ...COUNT, description: 'Deliveries that had their first attempt.' },
  outcomes: {
    type: 'object',
    description: 'Attempts by how they ended; `connection` is all that kept an answer from coming, but for a timeout.',
    required: [...OUTCOME_CLASSES],
    additionalProperties: false,
    properties: Object.fromEntries(OUTCOME_CLASSES.map((name) => [name, COUNT])),
  },
  successRate: { type: ['number', 'null'], minimum: 0, maximum: 1, description: 'Null without attempts.' },
  latency: {
    type: 'object',
    description: 'Milliseconds, to about a quarter; null without attempts.',
    required: ['p50', 'p95', 'p99'],
    additionalProperties: false,
    properties: { p50: MS_OR_NULL, p95: MS_OR_NULL, p99: MS_OR_NULL },
  },
};

/** Statistics in the API document. */
export const statsApi: Pick<ApiPart, 'operations' | 'schemas'> = {
  schemas: {
    AttemptCounts: { type: 'object', required: Object.keys(COUNTS), additionalProperties: false, properties: COUNTS },
    Stats: {
      type: 'object',
      required: Object.keys(STATS_EXAMPLE),
      additionalProperties: false,
      properties: {
        webhookId: { type: ['string', 'null'], description: 'Null: of the whole account.' },
        from: TIME,
        to: TIME,
        bucketSeconds: { type: 'integer', minimum: 60 },
        totals: ref('AttemptCounts'),
        buckets: {
          type: 'array',
          description: 'Oldest first, without gaps.',
          items: {
            type: 'object',
            required: ['start', ...Object.keys(COUNTS), 'backlog'],
            additionalProperties: false,
            properties: {
              start: TIME,
              ...COUNTS,
              backlog: {
                type: ['integer', 'null'],
                minimum: 0,
                description:
                  'The most deliveries of the account that waited at once. Null where nobody counted, for one webhook, and in buckets of less than an hour that are older than two days.',
              },
            },
          },
        },
      },
    },
    Overview: {
      type: 'object',
      required: Object.keys(OVERVIEW_EXAMPLE),
      additionalProperties: false,
      properties: {
        from: TIME,
        to: TIME,
        totals: ref('AttemptCounts'),
        backlog: {
          type: 'object',
          description: 'Deliveries that are pending or retrying.',
          required: ['count', 'countIsLowerBound', 'oldestAt', 'oldestAgeMs'],
          additionalProperties: false,
          properties: {
            count: COUNT,
            countIsLowerBound: { type: 'boolean' },
            oldestAt: { ...TIME, type: ['string', 'null'] },
            oldestAgeMs: { type: ['integer', 'null'], minimum: 0 },
          },
        },
        webhooks: {
          type: 'object',
          required: ['total', 'enabled', 'disabled'],
          additionalProperties: false,
          properties: { total: COUNT, enabled: COUNT, disabled: COUNT },
        },
        attentionCount: { ...COUNT, description: 'How many webhooks need attention; `attention` names 20 of them at most.' },
        attention: {
          type: 'array',
          maxItems: 20,
          description: 'Webhooks that are failing, paused, probing or were disabled for their failures, some of each kind.',
          items: {
            type: 'object',
            required: ['webhookId', 'name', 'health'],
            additionalProperties: false,
            properties: { webhookId: { type: 'string' }, name: { type: 'string' }, health: ref('WebhookHealth') },
          },
        },
      },
    },
  },
  operations: {
    'GET /v1/stats': {
      id: 'getStats',
      summary: 'Count attempts over time: outcomes, success rate, latency',
      description: 'Either `range`, which ends now, or `from` and `to`; the last 24 hours when none is there. Tests do not count.',
      scope: READ,
      query: {
        webhookId: { type: 'string', maxLength: 100, description: 'Attempts of this webhook alone.' },
        range: { enum: [...RANGES], description: 'The time until now.' },
        from: { ...TIME, description: 'From when on.' },
        to: { ...TIME, description: 'Until when; now when absent.' },
        bucket: { enum: [...BUCKETS], description: 'The width of a bucket; one that gives at most 120 buckets when absent.' },
      },
      answers: { 200: { description: 'The counts.', content: { schema: ref('Stats'), examples: { hour: STATS_EXAMPLE } } } },
    },
    'GET /v1/stats/overview': {
      id: 'getOverview',
      summary: 'How everything is: the last 24 hours, the backlog, and webhooks that need attention',
      scope: READ,
      answers: { 200: { description: 'The overview.', content: { schema: ref('Overview'), examples: { now: OVERVIEW_EXAMPLE } } } },
    },
  },
};
