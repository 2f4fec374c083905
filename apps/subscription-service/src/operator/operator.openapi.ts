import { type Answer, type ApiPart, PAGING, pageOf, ref, type Schema } from '#libs/openapi';
import { CIRCUIT_EXAMPLE, LAG_EXAMPLE, LETTER_DETAIL_EXAMPLE, LETTER_EXAMPLE, MAIL_EXAMPLE } from './operator.examples.js';
import { LETTER_STATUSES } from './dead-letter.dto.js';
import { MAIL_STATUSES } from './notification.store.js';

const TIME: Schema = { type: 'string', format: 'date-time' };
const TIME_OR_NULL: Schema = { type: ['string', 'null'], format: 'date-time' };
const TEXT: Schema = { type: 'string' };
const TEXT_OR_NULL: Schema = { type: ['string', 'null'] };
const COUNT: Schema = { type: 'integer', minimum: 0 };
const CIRCUIT: Schema = { enum: ['closed', 'open', 'half-open'] };
const BYTES: Readonly<Record<string, Schema>> = {
  value: TEXT,
  encoding: { enum: ['utf8', 'base64'], description: '`base64` where it is no UTF-8.' },
};
const object = (properties: Readonly<Record<string, Schema>>, more: Schema = {}): Schema => ({
  type: 'object',
  required: Object.keys(properties),
  additionalProperties: false,
  properties,
  ...more,
});
const LETTER: Readonly<Record<string, Schema>> = {
  id: { type: 'string', pattern: '^dl_' },
  topic: { ...TEXT_OR_NULL, description: 'From which it came.' },
  partition: { type: ['integer', 'null'], minimum: 0 },
  offset: TEXT_OR_NULL,
  reason: { type: 'string', description: 'A code of the error table.' },
  receivedAt: { ...TIME, description: 'When it became a dead letter.' },
  key: TEXT_OR_NULL,
  size: { type: ['integer', 'null'], minimum: 0, description: 'Bytes of the payload; null: it has none.' },
  preview: { ...TEXT_OR_NULL, description: 'How the payload begins.' },
  status: { enum: [...LETTER_STATUSES] },
  republishable: { type: 'boolean', description: 'Whether what is kept is what was published.' },
  republishedAt: { ...TIME_OR_NULL, description: 'When it was published again last.' },
  republishedBy: TEXT_OR_NULL,
};
const answer = (description: string, schema: string, example: unknown): Answer => ({
  description,
  content: { schema: ref(schema), examples: { answer: example } },
});
const page = (schema: string, row: unknown, more: object = {}): Readonly<Record<number, Answer>> => ({
  200: answer('One page.', schema, { ...more, data: [row], nextCursor: null }),
});
const circuitPage = pageOf('OperatedCircuit') as { required: string[]; properties: Record<string, Schema> };

/** The part of the API document for operators. */
export const operatorApi: ApiPart = {
  tag: { name: 'Operations', description: 'How the whole system fares, and what it could not handle.' },
  schemas: {
    DeadLetter: object(LETTER),
    DeadLetterPage: pageOf('DeadLetter'),
    DeadLetterDetail: object({
      ...LETTER,
      headers: { type: 'array', items: object({ name: TEXT, ...BYTES }) },
      payload: object(
        { ...BYTES, truncated: { type: 'boolean', description: 'Whether only its first 64 KiB are shown.' } },
        { type: ['object', 'null'] },
      ),
    }),
    RepublishRequest: {
      type: 'object',
      additionalProperties: false,
      properties: { again: { type: 'boolean', description: 'Also when it was published again before.' } },
    },
    Lag: object({ measuredAt: TIME, groups: { type: 'array', items: ref('GroupLag') } }),
    GroupLag: object({
      groupId: TEXT,
      state: { type: 'string', description: 'In Kafka’s words: `Stable`, `PreparingRebalance`, `CompletingRebalance`, `Empty`, `Dead`.' },
      members: COUNT,
      lag: { ...COUNT, description: 'Records that it has not committed.' },
      topics: { type: 'array', items: ref('TopicLag') },
    }),
    TopicLag: object({
      topic: TEXT,
      lag: COUNT,
      partitions: {
        type: 'array',
        items: object({
          partition: COUNT,
          committed: { ...TEXT_OR_NULL, description: 'The offset that the group reads next; null: it has committed none.' },
          end: { type: 'string', description: 'The offset that the next record gets.' },
          lag: COUNT,
        }),
      },
    }),
    OperatedCircuit: object({
      webhookId: TEXT,
      webhookName: TEXT,
      accountId: TEXT,
      circuit: CIRCUIT,
      since: TIME,
      consecutiveFailures: COUNT,
      openings: { ...COUNT, description: 'How often it has opened since it was last closed.' },
      nextProbeAt: TIME_OR_NULL,
      failingSince: { ...TIME_OR_NULL, description: 'The first failure after the last success.' },
      autoDisabled: { ...TEXT_OR_NULL, description: 'Why the webhook was to be disabled: `failing` or `gone`.' },
      lastStatusCode: { type: ['integer', 'null'] },
      lastErrorClass: TEXT_OR_NULL,
      changedAt: TIME,
    }),
    OperatedCircuitPage: {
      ...circuitPage,
      required: ['counts', ...circuitPage.required],
      properties: {
        counts: object({ closed: COUNT, open: COUNT, 'half-open': COUNT }, { description: 'Webhooks by the state of their circuit.' }),
        ...circuitPage.properties,
      },
    },
    Notification: object({
      id: TEXT,
      accountId: TEXT,
      webhookId: TEXT_OR_NULL,
      kind: { type: 'string', description: 'What it tells, such as `failure`, `digest` or `recovered`.' },
      recipient: TEXT,
      subject: TEXT_OR_NULL,
      status: { enum: [...MAIL_STATUSES] },
      attempts: COUNT,
      createdAt: TIME,
      sentAt: TIME_OR_NULL,
      lastError: TEXT_OR_NULL,
    }),
    NotificationPage: pageOf('Notification'),
  },
  operations: {
    'GET /v1/dead-letters': {
      id: 'listDeadLetters',
      summary: 'List the records that could not be handled, newest first',
      scope: 'admin',
      query: {
        reason: { type: 'string', pattern: '^[A-Z0-9_]{1,100}$', description: 'Only with this code.' },
        topic: { type: 'string', minLength: 1, maxLength: 249, description: 'Only from this topic.' },
        status: { enum: [...LETTER_STATUSES], description: 'Only those that were published again, or were not.' },
        from: { ...TIME, description: 'Those that became dead letters from then on…' },
        to: { ...TIME, description: '…and before then.' },
        ...PAGING,
      },
      answers: page('DeadLetterPage', LETTER_EXAMPLE),
    },
    'GET /v1/dead-letters/{id}': {
      id: 'getDeadLetter',
      summary: 'Read a dead letter with its headers and payload',
      scope: 'admin',
      answers: { 200: answer('The dead letter.', 'DeadLetterDetail', LETTER_DETAIL_EXAMPLE) },
    },
    'POST /v1/dead-letters/{id}/republish': {
      id: 'republishDeadLetter',
      summary: 'Publish a dead letter as it came, on the topic from which it came',
      description:
        'The key, the headers and every byte are those that were published. What was wrong with it still is: first repair the reader.',
      scope: 'admin',
      idempotent: true,
      problems: [409],
      body: { schema: ref('RepublishRequest'), optional: true, examples: { once: {}, again: { again: true } } },
      answers: {
        200: answer('It is on its topic.', 'DeadLetterDetail', {
          ...LETTER_DETAIL_EXAMPLE,
          ...{ status: 'republished', republishedAt: '2026-11-21T09:30:00.000Z', republishedBy: 'admin' },
        }),
      },
    },
    'GET /v1/operations/lag': {
      id: 'getLag',
      summary: 'How far each consumer group is behind',
      scope: 'admin',
      answers: { 200: answer('The groups of this deployment.', 'Lag', LAG_EXAMPLE) },
    },
    'GET /v1/operations/circuits': {
      id: 'listCircuits',
      summary: 'List the circuit breakers of webhooks',
      description: 'Without `circuit` those that are not closed, and those of webhooks that were disabled for their failures.',
      scope: 'admin',
      query: {
        circuit: { ...CIRCUIT, description: 'Only in this state.' },
        accountId: { type: 'string', minLength: 1, maxLength: 256, description: 'Only of this account.' },
        ...PAGING,
      },
      answers: page('OperatedCircuitPage', CIRCUIT_EXAMPLE, { counts: { closed: 40, open: 1, 'half-open': 0 } }),
    },
    'GET /v1/operations/notifications': {
      id: 'listNotifications',
      summary: 'List the mails to owners of webhooks, newest first',
      scope: 'admin',
      query: {
        accountId: { type: 'string', minLength: 1, maxLength: 256, description: 'Only of this account.' },
        webhookId: { type: 'string', minLength: 1, maxLength: 100, description: 'Only about this webhook.' },
        status: { enum: [...MAIL_STATUSES], description: 'Only those in this state.' },
        ...PAGING,
      },
      answers: page('NotificationPage', MAIL_EXAMPLE),
    },
  },
};
