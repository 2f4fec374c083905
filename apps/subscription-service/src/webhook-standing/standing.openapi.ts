import type { Schema } from '#libs/openapi';
import { HEALTH_STATES } from './health-state.js';

const TIME: Schema = { type: 'string', format: 'date-time' };
const COUNT: Schema = { type: 'integer', minimum: 0 };

export const HEALTH_EXAMPLE = {
  state: 'paused',
  words: 'Paused: 9 of 10 attempts failed (503). Next probe 11:08 UTC. 214 waiting',
  reason: '503',
  circuit: 'open',
  since: '2026-11-20T10:58:00.000Z',
  nextProbeAt: '2026-11-20T11:08:00.000Z',
  failingSince: '2026-11-20T10:51:00.000Z',
  consecutiveFailures: 9,
  recentAttempts: 10,
  recentFailures: 9,
  lastStatusCode: 503,
  lastErrorClass: 'http_5xx',
  waiting: 214,
  waitingIsLowerBound: false,
};

export const HEALTHY_EXAMPLE = {
  ...HEALTH_EXAMPLE,
  ...{ state: 'healthy', words: 'Healthy', reason: null, circuit: 'closed', since: '2026-11-20T10:15:30.123Z', nextProbeAt: null },
  ...{
    failingSince: null,
    consecutiveFailures: 0,
    recentAttempts: 0,
    recentFailures: 0,
    lastStatusCode: 200,
    lastErrorClass: null,
    waiting: 0,
  },
};

export const LAST_EVENT_EXAMPLE = {
  type: 'order_created',
  time: '2026-11-20T10:15:30.123Z',
  status: 'succeeded',
  statusCode: 200,
  attemptId: 'att_01kay2q5h2f0v6m3d9x7r5t1ze',
};

const HOURS = Array.from({ length: 24 }, (_, hour) => ({ succeeded: hour < 12 ? 0 : 1, failed: 0 }));

export const COUNTS_EXAMPLE = { succeeded: 12, failed: 0, hours: HOURS };

const HOUR: Schema = {
  type: 'object',
  required: ['succeeded', 'failed'],
  additionalProperties: false,
  properties: { succeeded: COUNT, failed: COUNT },
};

/** What is shown of a webhook beside its settings. */
export const STANDING_SCHEMAS: Readonly<Record<string, Schema>> = {
  WebhookHealth: {
    type: 'object',
    required: Object.keys(HEALTH_EXAMPLE),
    additionalProperties: false,
    properties: {
      state: {
        enum: [...HEALTH_STATES],
        description: '`failing`: the circuit is closed, and every attempt of more than five minutes failed.',
      },
      words: { type: 'string' },
      reason: { type: ['string', 'null'], description: 'What the last attempt failed with.' },
      circuit: { enum: ['closed', 'open', 'half-open'] },
      since: { ...TIME, description: 'Of the circuit.' },
      nextProbeAt: { ...TIME, type: ['string', 'null'] },
      failingSince: { ...TIME, type: ['string', 'null'], description: 'The first failure after the last success.' },
      consecutiveFailures: COUNT,
      recentAttempts: { ...COUNT, description: 'The latest attempts looked at, of a webhook that is not healthy; tests do not count.' },
      recentFailures: { ...COUNT, description: 'How many of them failed.' },
      lastStatusCode: { type: ['integer', 'null'] },
      lastErrorClass: { type: ['string', 'null'] },
      waiting: { ...COUNT, description: 'Deliveries that are pending or retrying; 0 while `counts` is null.' },
      waitingIsLowerBound: { type: 'boolean', description: 'Whether there are more.' },
    },
  },
  WebhookLastEvent: {
    type: 'object',
    description: 'Last Event Hit: the latest attempt that was no test.',
    required: Object.keys(LAST_EVENT_EXAMPLE),
    additionalProperties: false,
    properties: {
      type: { type: 'string' },
      time: TIME,
      status: { enum: ['succeeded', 'failed'] },
      statusCode: { type: ['integer', 'null'] },
      attemptId: { type: 'string', pattern: '^att_' },
    },
  },
  WebhookCounts: {
    type: 'object',
    description: 'Attempts of the last 24 hours, tests apart.',
    required: Object.keys(COUNTS_EXAMPLE),
    additionalProperties: false,
    properties: {
      succeeded: COUNT,
      failed: COUNT,
      hours: { type: 'array', minItems: 24, maxItems: 24, items: HOUR, description: 'By hour of the clock, oldest first.' },
    },
  },
};
