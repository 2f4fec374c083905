import { type ApiPart, ref } from '#libs/openapi';

const COUNT = { type: 'integer', minimum: 0 };
const EXAMPLE = { deliveries: 3, attempts: 5, bodies: 1, events: 1, complete: true };

/** The part of the API document about taking things out of the history. */
export const expungeApi: ApiPart = {
  tag: { name: 'Privacy', description: 'Taking payloads, and what tells of them, out of the history before its retention ends.' },
  schemas: {
    ExpungeRequest: {
      type: 'object',
      additionalProperties: false,
      minProperties: 1,
      maxProperties: 1,
      properties: {
        eventId: {
          type: 'string',
          minLength: 1,
          maxLength: 1_024,
          description: 'An event: its data and every delivery and attempt of it, for good.',
        },
        webhookId: {
          type: 'string',
          minLength: 1,
          maxLength: 100,
          description: 'A webhook, deleted or not: all that was delivered to it up to now.',
        },
        everything: { const: true, description: 'All of the account up to now.' },
      },
    },
    Expunged: {
      type: 'object',
      required: Object.keys(EXAMPLE),
      additionalProperties: false,
      properties: {
        deliveries: COUNT,
        attempts: COUNT,
        bodies: { ...COUNT, description: 'Bodies as they were sent.' },
        events: { ...COUNT, description: 'Events with their data.' },
        complete: { type: 'boolean', description: '`false`: there was much, and the rest goes within minutes, also after a crash.' },
      },
    },
  },
  operations: {
    'POST /v1/accounts/{id}/expunge': {
      id: 'expunge',
      summary: 'Take an event, a webhook or everything out of the history of an account',
      description:
        'Cannot be undone. Mails that tell of it, sent or waiting, dead letters that can be told to be of it and, with a webhook or the account, who had unsubscribed from it go too. It is remembered, so that neither a rebuild nor a repeat on Kafka brings anything back. Counts in statistics name nobody and stay with an event. Topics keep their records until their own retention ends. The account need not exist any more; what is not there is no error.',
      scope: 'admin',
      idempotent: true,
      body: {
        schema: ref('ExpungeRequest'),
        examples: {
          event: { eventId: 'evt_01kay2q4c8f0v6m3d9x7r5t1ze' },
          webhook: { webhookId: 'wh_01kay2q4c8f0v6m3d9x7r5t1ze' },
          account: { everything: true },
        },
      },
      answers: { 200: { description: 'What was taken out.', content: { schema: ref('Expunged'), examples: { event: EXAMPLE } } } },
    },
  },
};
