import type { MessageSpec } from '#libs/contracts';
import { keyBinding } from './kafka-bindings.js';

/** A golden record: a file of the contracts' fixtures. */
export interface GoldenRecord {
  readonly headers: Readonly<Record<string, string>>;
  /** JSON text. */
  readonly value: string;
}

/** What the headers of all of Hookstream's own records say, by name. */
const HEADERS = {
  ce_specversion: { type: 'string', const: '1.0', description: 'Version of CloudEvents.' },
  ce_id: { type: 'string', description: 'Identifies the record; a repeat has the same.' },
  ce_source: { type: 'string', description: 'The service that wrote it.' },
  ce_time: { type: 'string', description: 'When it happened, RFC 3339.' },
  ce_subject: { type: 'string', description: 'The webhook, as in the key.' },
  ce_accountid: { type: 'string', description: 'The account that owns the webhook.' },
  'content-type': { type: 'string', const: 'application/json', description: 'Of the value.' },
} as const;

/** The headers that all of Hookstream's own records have in common. */
export const OWN_HEADERS = {
  type: 'object',
  description: 'CloudEvents 1.0 attributes, in Kafka’s binary content mode.',
  required: Object.keys(HEADERS),
  properties: {
    ...HEADERS,
    ce_channelid: { type: 'string', description: 'The channel of the event, if it has one.' },
    traceparent: { type: 'string', description: 'W3C trace context, if there is one.' },
  },
};

/** One of Hookstream's messages as AsyncAPI describes it; its payload is in the schemas, under the message's own name. */
export function ownMessage(spec: MessageSpec, golden: GoldenRecord): object {
  const { types } = spec;
  const type = types.length === 1 ? { type: 'string', const: types[0] } : { type: 'string', enum: types };
  return {
    name: messageName(spec),
    title: messageName(spec),
    summary: spec.summary,
    contentType: 'application/json',
    headers: {
      type: 'object',
      required: ['ce_type'],
      properties: { ce_type: { ...type, description: 'What happened.' } },
      allOf: [{ $ref: '#/components/schemas/OwnHeaders' }],
    },
    payload: { $ref: `#/components/schemas/${messageName(spec)}` },
    ...keyBinding('The webhook id, so that the records of a webhook stay in order.'),
    examples: [{ name: spec.fixture, headers: golden.headers, payload: JSON.parse(golden.value) as unknown }],
  };
}

export function messageName({ name, version }: MessageSpec): string {
  return `${name}V${version}`;
}
