import { cloudEventHeaders, jsonRecord, readJsonRecord } from '../cloud-event.js';
import { Topics } from '../topics.js';
import type { ReceivedRecord, WireRecord } from '../wire-record.js';
import { objectOf, type MessageSpec } from './message-spec.js';
import { shapeCheck } from './shape-check.js';

export const EVENT_TYPE_STATE = 'hookstream.event-type.state.v1';

export const SCHEMA_CHECKS = ['off', 'warn', 'reject'] as const;
/** What happens to data that does not fit the schema of its type when it is published through the API. */
export type SchemaCheck = (typeof SCHEMA_CHECKS)[number];

/** That a type should no longer be used. */
export interface EventTypeDeprecation {
  /** RFC 3339. */
  readonly since: string;
  readonly message: string | null;
  /** The type to use instead. */
  readonly replacedBy: string | null;
}

/** Full current state of an event type that an administrator defined, on the compacted `hookstream.event-types`. */
export interface EventTypeStateV1 {
  readonly name: string;
  /** Counts the changes of the type, over deletions too; a reader applies only higher ones. */
  readonly version: number;
  readonly module: string;
  /** Of a combined type: the types that a subscription to it means. Otherwise empty. */
  readonly combines: readonly string[];
  /** JSON Schema, draft 2020-12, of `data`; `null` of a combined type. */
  readonly schema: Readonly<Record<string, unknown>> | null;
  readonly schemaCheck: SchemaCheck;
  readonly deprecated: EventTypeDeprecation | null;
  /** RFC 3339. */
  readonly updatedAt: string;
}

export const eventTypeStateV1: MessageSpec<EventTypeStateV1> = {
  name: 'EventTypeState',
  version: 1,
  types: [EVENT_TYPE_STATE],
  topic: Topics.eventTypes,
  summary: 'The full current state of an event type that an administrator defined; a record without a value says that it is deleted.',
  fixture: 'event-type-state.v1',
  schema: objectOf<EventTypeStateV1>({
    name: { type: 'string', pattern: '^[A-Za-z0-9_.:-]{1,128}$', description: 'The event type; also the key of the record.' },
    version: { type: 'integer', minimum: 1, description: 'Counts the changes of the type; a reader applies only higher ones.' },
    module: { type: 'string', description: 'The module it belongs to, whose topic carries its events.' },
    combines: { type: 'array', items: { type: 'string' }, description: 'Of a combined type: its members. Otherwise empty.' },
    schema: { type: ['object', 'null'], description: 'JSON Schema, draft 2020-12, of `data`; null of a combined type.' },
    schemaCheck: { type: 'string', enum: SCHEMA_CHECKS, description: 'What happens to data that does not fit the schema.' },
    deprecated: {
      ...objectOf<EventTypeDeprecation>({
        since: { type: 'string', description: 'Since when, RFC 3339.' },
        message: { type: ['string', 'null'], description: 'What to tell those who use it.' },
        replacedBy: { type: ['string', 'null'], description: 'The type to use instead.' },
      }),
      type: ['object', 'null'],
      description: 'That it should no longer be used; null: it may be.',
    },
    updatedAt: { type: 'string', description: 'When it was changed last, RFC 3339.' },
  }),
};

const check = shapeCheck(eventTypeStateV1);

/** As a record for `hookstream.event-types`. */
export function encodeEventTypeState(state: EventTypeStateV1, source: string): WireRecord {
  const { name, version, updatedAt } = state;
  return jsonRecord({ id: `${name}:${version}`, source, type: EVENT_TYPE_STATE, time: updatedAt, subject: name }, state);
}

/** The tombstone that removes a type from the compacted topic. @param time RFC 3339 */
export function encodeEventTypeTombstone(tombstone: { name: string; version: number; time: string }, source: string): WireRecord {
  const { name, version, time } = tombstone;
  const attributes = { id: `${name}:${version}`, source, type: EVENT_TYPE_STATE, time, subject: name };
  return { key: name, value: null, headers: cloudEventHeaders(attributes) };
}

/** @throws ContractViolation when the record is not an event type's state */
export function decodeEventTypeState(record: Pick<ReceivedRecord, 'headers' | 'value'>): EventTypeStateV1 {
  return check(readJsonRecord(record, [EVENT_TYPE_STATE]).data);
}
