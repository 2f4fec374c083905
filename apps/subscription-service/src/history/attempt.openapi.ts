import { ATTEMPT_TRIGGERS, CIRCUITS, ERROR_CLASSES } from '#libs/contracts';
import { type ApiPart, PAGING, pageOf, ref, type Schema } from '#libs/openapi';
import { ATTEMPT_DETAIL_EXAMPLE, ATTEMPT_EXAMPLE } from './history.examples.js';
import { FAILURE_KINDS } from '../failure-words/index.js';

const TIME: Schema = { type: 'string', format: 'date-time' };
const TIME_OR_NULL: Schema = { type: ['string', 'null'], format: 'date-time' };
const TEXT: Schema = { type: 'string' };
const TEXT_OR_NULL: Schema = { type: ['string', 'null'] };
const PHASE: Schema = { type: ['number', 'null'], minimum: 0 };
const READ = 'deliveries:read';

const ATTEMPT: Readonly<Record<string, Schema>> = {
  id: { type: 'string', pattern: '^att_' },
  deliveryId: { type: 'string', pattern: '^dlv_' },
  webhookId: { type: 'string', pattern: '^wh_' },
  eventId: { type: 'string', description: 'As its publisher named it; sent as `webhook-id`.' },
  eventType: TEXT,
  channelId: TEXT_OR_NULL,
  attempt: { type: 'integer', minimum: 1, description: 'Which attempt of the delivery this is.' },
  trigger: { enum: [...ATTEMPT_TRIGGERS], description: 'Why it was made. A `test` counts nowhere.' },
  attemptedAt: TIME,
  durationMs: { type: 'integer', minimum: 0 },
  statusCode: { type: ['integer', 'null'], description: 'Null when there was no answer.' },
  status: { enum: ['succeeded', 'failed'] },
  errorClass: { enum: [...ERROR_CLASSES, null], description: 'Null beside a success.' },
  nextAttemptAt: TIME_OR_NULL,
};

const FILTERS = {
  status: { enum: ['succeeded', 'failed'], description: 'Attempts that ended so.' },
  event: { type: 'string', maxLength: 200, description: 'Attempts of events of this type.' },
  code: { type: 'string', pattern: '^([1-5]xx|[1-5][0-9]{2}|none)$', description: 'A status code, a class such as `5xx`, or `none`.' },
  errorClass: {
    type: 'array',
    items: { enum: [...ERROR_CLASSES] },
    maxItems: ERROR_CLASSES.length,
    description: 'Attempts that failed so; repeated, in any of these ways.',
  },
  trigger: {
    type: 'array',
    items: { enum: [...ATTEMPT_TRIGGERS] },
    maxItems: ATTEMPT_TRIGGERS.length,
    description: 'Attempts made for this reason; repeated, for any of these.',
  },
  from: { ...TIME, description: 'Attempts made then or later.' },
  to: { ...TIME, description: 'Attempts made before.' },
  deliveryId: { type: 'string', maxLength: 100, description: 'Attempts of this delivery.' },
  eventId: { type: 'string', maxLength: 256, description: 'Attempts of deliveries of this event.' },
} as const;

/** Attempts in the API document. */
export const attemptsApi: Pick<ApiPart, 'operations' | 'schemas'> = {
  schemas: {
    Attempt: { type: 'object', required: Object.keys(ATTEMPT_EXAMPLE), additionalProperties: false, properties: ATTEMPT },
    AttemptFailure: {
      type: 'object',
      description: 'A failure in words.',
      required: ['kind', 'words', 'hint', 'message'],
      additionalProperties: false,
      properties: {
        kind: { enum: [...FAILURE_KINDS], description: 'For translations.' },
        words: { type: 'string', description: 'What happened.' },
        hint: { type: 'string', description: 'What to do.' },
        message: { type: ['string', 'null'], description: 'As the sender recorded it.' },
      },
    },
    AttemptDetail: {
      type: 'object',
      required: Object.keys(ATTEMPT_DETAIL_EXAMPLE),
      additionalProperties: false,
      properties: {
        ...ATTEMPT,
        circuit: { enum: [...CIRCUITS], description: 'Of the endpoint, when the attempt was made.' },
        failure: { oneOf: [ref('AttemptFailure'), { type: 'null' }] },
        request: {
          type: 'object',
          description: 'As sent; credentials are masked.',
          required: ['method', 'url', 'headers', 'body', 'bodyState'],
          additionalProperties: false,
          properties: {
            method: TEXT,
            url: TEXT,
            headers: { type: 'object', additionalProperties: TEXT },
            body: { ...TEXT_OR_NULL, description: 'Null when there is none to show.' },
            bodyState: { enum: ['kept', 'none', 'gone'], description: '`none`: it had no body; `gone`: it is no longer kept.' },
          },
        },
        response: {
          type: ['object', 'null'],
          description: 'As received; null when nothing was.',
          required: ['status', 'headers', 'body', 'truncated'],
          additionalProperties: false,
          properties: {
            status: { type: 'integer' },
            headers: { type: 'object', additionalProperties: { type: ['string', 'array'], items: TEXT } },
            body: { type: 'string', description: 'The first 16 KiB.' },
            truncated: { type: 'boolean' },
          },
        },
        timings: {
          type: 'object',
          description: 'When each phase was over, in milliseconds from the start; null: not reached or not needed.',
          required: ['dns', 'connect', 'tls', 'firstByte', 'total'],
          additionalProperties: false,
          properties: { dns: PHASE, connect: PHASE, tls: PHASE, firstByte: PHASE, total: { type: 'number', minimum: 0 } },
        },
        resolvedAddress: { ...TEXT_OR_NULL, description: 'The IP address that was called.' },
      },
    },
    AttemptPage: pageOf('Attempt'),
  },
  operations: {
    'GET /v1/webhooks/{id}/attempts': {
      id: 'listAttempts',
      summary: 'List the attempts of a webhook, newest first',
      scope: READ,
      query: { ...FILTERS, ...PAGING },
      answers: {
        200: {
          description: 'One page.',
          content: { schema: ref('AttemptPage'), examples: { page: { data: [ATTEMPT_EXAMPLE], nextCursor: null } } },
        },
      },
    },
    'GET /v1/webhooks/{id}/attempts/export': {
      id: 'exportAttempts',
      summary: 'Download the attempts of a webhook, newest first',
      description: 'Every attempt that the filters let through, as the list shows it, one on a line.',
      scope: READ,
      query: { format: { enum: ['ndjson', 'csv'], default: 'ndjson', description: 'The form of the file.' }, ...FILTERS },
      answers: {
        200: {
          description: 'The file, as it is read.',
          content: {
            schema: TEXT,
            mediaTypes: ['application/x-ndjson', 'text/csv'],
            examples: { line: `${JSON.stringify(ATTEMPT_EXAMPLE)}\n` },
          },
        },
      },
    },
    'GET /v1/attempts/{id}': {
      id: 'getAttempt',
      summary: 'Read an attempt: what was sent, what came back, how long it took and why it failed',
      scope: READ,
      answers: {
        200: {
          description: 'The attempt.',
          content: { schema: ref('AttemptDetail'), examples: { attempt: ATTEMPT_DETAIL_EXAMPLE } },
        },
      },
    },
    'GET /v1/attempts/stream': {
      id: 'streamAttempts',
      summary: 'Watch attempts as they are made (server-sent events)',
      description:
        'Each attempt is an event named `attempt` whose data is an Attempt and whose id resumes the stream: pass the last one on as `Last-Event-ID`, or as `lastEventId`. Attempts of the seconds before it then come again: their ids tell. A comment comes every 15 seconds. An event named `gap` says that more came than the stream keeps up with: read the list again.',
      scope: READ,
      query: {
        webhookId: { type: 'string', maxLength: 100, description: 'Attempts of this webhook alone.' },
        lastEventId: { type: 'string', maxLength: 100, description: 'For clients that cannot set `Last-Event-ID`.' },
      },
      answers: {
        200: {
          description: 'A stream that ends after some minutes: open it again.',
          content: {
            schema: TEXT,
            mediaTypes: ['text/event-stream'],
            examples: { attempt: `id: ${ATTEMPT_EXAMPLE.id}\nevent: attempt\ndata: ${JSON.stringify(ATTEMPT_EXAMPLE)}\n\n` },
          },
        },
      },
    },
  },
};
