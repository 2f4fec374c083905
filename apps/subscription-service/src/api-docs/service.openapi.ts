import { type Answer, type ApiPart, ref } from '#libs/openapi';

const PART = { ready: true, live: true, detail: 'open' };
const UNREADY = { ready: false, live: true, detail: 'not connected' };

function health(yes: string, no: string, status: string): Readonly<Record<number, Answer>> {
  const answer = (description: string, example: object): Answer => ({
    description,
    content: { schema: ref('ServiceHealth'), examples: { answer: example } },
  });
  return {
    200: answer(yes, { status, parts: { service: PART } }),
    503: answer(no, { status: status === 'ok' ? 'down' : 'not ready', parts: { service: PART, kafka: UNREADY } }),
  };
}

/** What monitors and the readers of the document ask, without a key. */
export const serviceApi: ApiPart = {
  tag: { name: 'Service', description: 'Health, metrics and this document.' },
  schemas: {
    ServiceHealth: {
      type: 'object',
      required: ['status', 'parts'],
      additionalProperties: false,
      properties: {
        status: { enum: ['ok', 'down', 'ready', 'not ready'] },
        parts: { type: 'object', additionalProperties: ref('PartHealth') },
      },
    },
    ProblemType: {
      type: 'object',
      required: ['type', 'code', 'title', 'status', 'retryable'],
      additionalProperties: false,
      properties: {
        type: { type: 'string' },
        code: { type: 'string' },
        title: { type: 'string' },
        status: { type: 'integer' },
        retryable: { type: 'boolean', description: 'Whether the same request may succeed later without being changed.' },
      },
    },
    PartHealth: {
      type: 'object',
      required: ['ready', 'live'],
      additionalProperties: false,
      properties: { ready: { type: 'boolean' }, live: { type: 'boolean' }, detail: { type: 'string' } },
    },
  },
  operations: {
    'GET /healthz': {
      id: 'getLiveness',
      summary: 'Whether the process is alive',
      scope: 'open',
      answers: health('It is.', 'Only a restart will help.', 'ok'),
    },
    'GET /readyz': {
      id: 'getReadiness',
      summary: 'Whether the service has all it needs',
      scope: 'open',
      answers: health('It has.', 'It has not; `parts` says what is missing.', 'ready'),
    },
    'GET /metrics': {
      id: 'getMetrics',
      summary: 'Metrics for Prometheus',
      scope: 'open',
      answers: {
        200: {
          description: 'The metrics.',
          content: { schema: { type: 'string' }, examples: { gauge: 'process_cpu_user_seconds_total 1.2\n' }, mediaTypes: ['text/plain'] },
        },
      },
    },
    'GET /problems/{name}': {
      id: 'getProblemType',
      summary: 'What a problem means: where the `type` of a problem document leads',
      scope: 'open',
      answers: {
        200: {
          description: 'The kind of problem.',
          content: {
            schema: ref('ProblemType'),
            examples: {
              one: {
                type: '/problems/webhook-not-found',
                code: 'WEBHOOK_NOT_FOUND',
                title: 'There is no such webhook',
                status: 404,
                retryable: false,
              },
            },
          },
        },
      },
    },
    'GET /openapi.json': {
      id: 'getApiDocument',
      summary: 'This document',
      scope: 'open',
      answers: {
        200: {
          description: 'An OpenAPI 3.1 document.',
          content: { schema: { type: 'object' }, examples: { start: { openapi: '3.1.1' } } },
        },
      },
    },
  },
};
