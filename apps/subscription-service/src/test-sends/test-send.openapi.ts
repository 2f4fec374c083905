import { type ApiPart, ref } from '#libs/openapi';

/** The part of the API document about tests. */
export const testSendsApi: ApiPart = {
  tag: { name: 'Tests', description: 'Sending a test to a webhook.' },
  schemas: {
    TestSendRequest: {
      type: 'object',
      additionalProperties: false,
      properties: {
        eventType: { type: 'string', minLength: 1, maxLength: 128, description: 'Any type of the catalog; `test.webhook` when absent.' },
        data: { description: 'Any JSON; the sample of the type when absent. Reaches the receiver byte for byte.' },
      },
    },
    TestSend: {
      type: 'object',
      required: ['deliveryId', 'eventId', 'eventType'],
      additionalProperties: false,
      properties: { deliveryId: { type: 'string' }, eventId: { type: 'string' }, eventType: { type: 'string' } },
    },
  },
  operations: {
    'POST /v1/webhooks/{id}/test': {
      id: 'sendTest',
      summary: 'Send a test, also to a webhook that is disabled',
      description:
        'One attempt as of any delivery, signed and guarded alike, with `x-hookstream-test: true`. It is in the history, and counts in no statistics, health, circuit or notification, nor as the last event.',
      scope: 'webhooks:write',
      idempotent: true,
      body: {
        schema: ref('TestSendRequest'),
        optional: true,
        examples: { plain: {}, sample: { eventType: 'order_created' }, edited: { eventType: 'order_created', data: { orderId: 'o-1' } } },
      },
      answers: {
        202: {
          description: 'It was handed over.',
          content: {
            schema: ref('TestSend'),
            examples: {
              sent: {
                deliveryId: 'dlv_01kay2q4c8f0v6m3d9x7r5t1ze',
                eventId: 'evt_01kay2q4c8f0v6m3d9x7r5t1ze',
                eventType: 'test.webhook',
              },
            },
          },
        },
      },
    },
  },
};
