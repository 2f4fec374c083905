import type { Catalog, EventType } from '#libs/catalog';
import { ref, type Schema } from '#libs/openapi';

const text = (description: string, example: string): Schema => ({ description, schema: { type: 'string' }, example });
const HEADERS: readonly (readonly [name: string, required: boolean, parameter: Schema])[] = [
  [
    'webhook-id',
    true,
    text('The event’s id: the same on every retry and for every webhook. Use it to drop repeats.', 'evt_01kay2q4c8f0v6m3d9x7r5t1ze'),
  ],
  ['webhook-timestamp', true, text('When this attempt was made, in Unix seconds.', '1763633730')],
  [
    'webhook-signature',
    false,
    text(
      '`v1,<base64>` by the Standard Webhooks rule; two of them, apart by a space, while a rotation overlaps.',
      'v1,K5oZfzN95Z9UVu1EsfQmfVNQhnkZ2pj9o9NDN/H/pI4=',
    ),
  ],
  [
    'x-hookstream-signature',
    false,
    text('HMAC-SHA256 over the bytes of the body.', 'sha256=f0e1d2c3b4a5968778695a4b3c2d1e0f0123456789abcdef0123456789abcdef'),
  ],
  ['x-hookstream-event', true, text('The event type.', 'order_created')],
  ['x-hookstream-delivery', true, text('The delivery: this event to this webhook.', 'dlv_01kay2q4c8f0v6m3d9x7r5t1ze')],
  ['x-hookstream-attempt', true, text('1, 2, …', '1')],
  ['x-hookstream-test', false, text('`true` on tests.', 'true')],
  ['traceparent', true, text('W3C trace context.', '00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01')],
  ['user-agent', true, text('`Hookstream/<version>`.', 'Hookstream/0.1.0')],
];

export const OUTGOING_SCHEMAS: Readonly<Record<string, Schema>> = {
  OutgoingEvent: {
    type: 'object',
    description: 'The body in the format `DEFAULT`; the other formats are described with `payloadFormat`.',
    required: ['id', 'event', 'accountId', 'time', 'data'],
    properties: {
      id: { type: 'string' },
      event: { type: 'string' },
      accountId: { type: 'string' },
      channelId: { type: 'string' },
      time: { type: 'string', format: 'date-time' },
      data: { description: 'As it was published, byte for byte.' },
    },
  },
};

/** The requests that receivers get, by event type: the `webhooks` of the API document. Combined types never travel. */
export function outgoingRequests(catalog: Pick<Catalog, 'eventTypes'>): Record<string, Schema> {
  const travelling = catalog.eventTypes().filter(({ combines }) => combines.length === 0);
  return Object.fromEntries(travelling.map((type) => [type.name, { post: requestOf(type) }]));
}

function requestOf(type: EventType): Schema {
  const example = {
    id: 'evt_01kay2q4c8f0v6m3d9x7r5t1ze',
    event: type.name,
    accountId: 'default',
    time: '2026-11-20T10:15:30.123Z',
    data: type.sample,
  };
  return {
    operationId: `on_${type.name.replaceAll(/[^A-Za-z0-9]/g, '_')}`,
    tags: ['Requests to receivers'],
    summary: type.label,
    description: type.description,
    security: [],
    parameters: HEADERS.map(([name, required, parameter]) => ({ name, in: 'header', required, ...parameter })),
    requestBody: {
      required: true,
      content: {
        'application/json': {
          schema: { allOf: [ref('OutgoingEvent'), { properties: { event: { const: type.name }, data: type.schema } }] },
          examples: { sample: { value: example } },
        },
      },
    },
    responses: {
      '2XX': { description: 'Delivered. Answer soon and work later: the deadline is 15 seconds unless the webhook says otherwise.' },
      '410': { description: 'The receiver is gone for good: the webhook is disabled.' },
      default: { description: 'Not delivered: tried again by the retry schedule. `Retry-After` is respected; redirects are not followed.' },
    },
  };
}
