import {
  encodeDeadLetter,
  encodeDomainEvent,
  encodeEventUnmatched,
  EVENT_UNMATCHED,
  headerText,
  type DomainEvent,
  type WireRecord,
} from '#libs/contracts';
import { keyBinding } from './kafka-bindings.js';

/** An event for the examples: a type of the catalog with its sample. */
export interface SampleEvent {
  readonly type: string;
  readonly data: unknown;
}

const ID = {
  type: 'string',
  description: '1 to 256 printable ASCII characters. With the source it identifies the event; receivers get it as `webhook-id`.',
};
const SOURCE = { type: 'string', description: 'Who publishes, a URI reference of at most 1024 characters.' };
const TYPE = {
  type: 'string',
  pattern: '^[A-Za-z0-9_.:-]{1,128}$',
  description: 'A type of the event catalog; events of other types are passed over.',
};
const TIME = { type: 'string', description: 'When it happened, RFC 3339. Default: the record’s timestamp.' };
const ACCOUNT = { type: 'string', description: 'The account whose webhooks get the event. Default: `default`.' };
const CHANNEL = { type: 'string', description: 'The channel of the account that it belongs to.' };
const TRACE = { type: 'string', description: 'W3C trace context, handed on to receivers.' };
const DATA = {
  description: 'What the event tells, any JSON; the event catalog has the schema of each type. Receivers get these very bytes.',
};
const CONTEXT = 'any JSON, as the payload format `ENVELOPE` hands it on in `current_context`.';
const KEY = keyBinding('Any; events of one key stay on one partition.');

/** The three shapes in which upstream services may publish an event. */
export function domainMessages(sample: SampleEvent): Record<string, object> {
  const { type, data } = sample;
  const event: DomainEvent = {
    ...{ id: 'evt-4711', source: '/shop', type, time: '2026-11-20T10:00:00Z', accountId: 'default' },
    data: Buffer.from(JSON.stringify(data)),
  };
  return {
    PlainEvent: {
      name: 'PlainEvent',
      title: 'Plain JSON',
      summary: 'An event as one JSON object, without headers.',
      contentType: 'application/json',
      payload: {
        type: 'object',
        required: ['type', 'data'],
        properties: {
          type: TYPE,
          data: DATA,
          id: { ...ID, description: `${ID.description} Default: \`topic-partition-offset\`.` },
          source: { ...SOURCE, description: `${SOURCE.description} Default: made from topic and account.` },
          time: TIME,
          accountId: ACCOUNT,
          channelId: CHANNEL,
          context: { description: `Context of the event, ${CONTEXT}` },
        },
      },
      ...KEY,
      examples: [{ name: 'plain', payload: { type, id: event.id, time: event.time, accountId: event.accountId, data } }],
    },
    BinaryCloudEvent: {
      name: 'BinaryCloudEvent',
      title: 'CloudEvent, binary content mode',
      summary: 'Attributes in the headers, the data as the value.',
      headers: {
        type: 'object',
        required: ['ce_specversion', 'ce_id', 'ce_source', 'ce_type'],
        properties: {
          ce_specversion: { type: 'string', const: '1.0', description: 'Version of CloudEvents.' },
          ce_id: ID,
          ce_source: SOURCE,
          ce_type: TYPE,
          ce_time: TIME,
          ce_accountid: ACCOUNT,
          ce_channelid: CHANNEL,
          ce_context: { type: 'string', description: `Context of the event as JSON text: ${CONTEXT}` },
          'content-type': { type: 'string', description: 'Of the value. Default: JSON; data of another type can be any text in UTF-8.' },
          traceparent: TRACE,
        },
      },
      payload: DATA,
      ...KEY,
      examples: [{ name: 'binary', headers: headersOf(encodeDomainEvent(event)), payload: data }],
    },
    StructuredCloudEvent: {
      name: 'StructuredCloudEvent',
      title: 'CloudEvent, structured content mode',
      summary: 'The whole CloudEvent as one JSON object.',
      contentType: 'application/cloudevents+json',
      headers: {
        type: 'object',
        required: ['content-type'],
        properties: {
          'content-type': { type: 'string', pattern: '^application/cloudevents\\+json', description: 'Tells this shape from the others.' },
          traceparent: TRACE,
        },
      },
      payload: {
        type: 'object',
        required: ['specversion', 'id', 'source', 'type'],
        oneOf: [{ required: ['data'] }, { required: ['data_base64'] }],
        properties: {
          specversion: { type: 'string', const: '1.0', description: 'Version of CloudEvents.' },
          id: ID,
          source: SOURCE,
          type: TYPE,
          time: TIME,
          accountid: ACCOUNT,
          channelid: CHANNEL,
          context: { description: `Context of the event, ${CONTEXT}` },
          datacontenttype: { type: 'string', description: 'Of the data. Default: JSON.' },
          data: DATA,
          data_base64: { type: 'string', description: 'The data in base64, instead of `data`.' },
        },
      },
      ...KEY,
      examples: [
        {
          name: 'structured',
          headers: { 'content-type': 'application/cloudevents+json' },
          payload: { specversion: '1.0', id: event.id, source: event.source, type, time: event.time, accountid: event.accountId, data },
        },
      ],
    },
  };
}

/** An event that no webhook wanted, as `hookstream.unmatched-events` tells of it. */
export function unmatchedEventMessage({ type, data }: SampleEvent): object {
  const event: DomainEvent = {
    ...{ id: 'evt-4711', source: '/shop', type, time: '2026-11-20T10:00:00Z', accountId: 'default' },
    ...{ dataContentType: 'application/json', data: Buffer.from(JSON.stringify(data)) },
  };
  const record = encodeEventUnmatched({ event, unmatchedAt: '2026-11-20T10:00:00.012Z' }, '/hookstream/event-router');
  return {
    name: 'UnmatchedEvent',
    title: 'Unmatched event',
    summary: 'An event of an account with webhooks that none of them wanted: what it says of itself in a header, its data as the value.',
    headers: {
      type: 'object',
      required: ['ce_specversion', 'ce_id', 'ce_source', 'ce_type', 'ce_time', 'ce_accountid', 'ce_event'],
      properties: {
        ce_specversion: { type: 'string', const: '1.0', description: 'Version of CloudEvents.' },
        ce_id: { type: 'string', description: 'Follows from source and id of the event: the same however often it is told of.' },
        ce_source: { type: 'string', description: 'The service that wrote it.' },
        ce_type: { type: 'string', const: EVENT_UNMATCHED, description: 'What happened.' },
        ce_time: { type: 'string', description: 'When it was looked for webhooks, RFC 3339.' },
        ce_accountid: { type: 'string', description: 'The account of the event.' },
        ce_channelid: { type: 'string', description: 'The channel of the event, if it has one.' },
        ce_event: {
          type: 'string',
          description: 'JSON: `id`, `source`, `type` and `time` of the event, and its `context` as JSON text, if any.',
        },
        'content-type': { type: 'string', description: 'Of the value, as published; absent: JSON.' },
        traceparent: TRACE,
      },
    },
    payload: { description: 'The data of the event, the very bytes.' },
    ...keyBinding('The id of the event.'),
    examples: [{ name: 'unmatched', headers: headersOf(record), payload: data }],
  };
}

/** A record that could not be read, as `hookstream.dead-letters` keeps it. */
export function deadLetterMessage(): object {
  const value = '{"type":"order_created","data":';
  const received = { topic: 'orders', partition: 2, offset: '4711', timestamp: 0, key: null, value: Buffer.from(value), headers: {} };
  return {
    name: 'DeadLetter',
    title: 'Dead letter',
    summary: 'A record that could not be read: key, headers and value as they came, with the reason and the place added.',
    headers: {
      type: 'object',
      description: 'The headers as they came, and these.',
      required: ['ce_reason', 'ce_topic', 'ce_partition', 'ce_offset'],
      properties: {
        ce_reason: { type: 'string', description: 'Why it could not be read: a code of docs/errors.md.' },
        ce_topic: { type: 'string', description: 'The topic that it came on.' },
        ce_partition: { type: 'string', description: 'Its partition there, decimal.' },
        ce_offset: { type: 'string', description: 'Its offset there, decimal.' },
      },
    },
    payload: { description: 'The bytes as they came; often not JSON, which may be the reason.' },
    ...keyBinding('As it came.'),
    examples: [{ name: 'cut-short', headers: headersOf(encodeDeadLetter(received, 'JSON_INVALID')), payload: value }],
  };
}

function headersOf({ headers }: WireRecord): Record<string, string> {
  return Object.fromEntries(Object.keys(headers).map((name) => [name, headerText(headers, name)!]));
}
