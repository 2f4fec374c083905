import { hash } from 'node:crypto';
import { cloudEventHeaders, readCloudEventHeaders, requiredHeader } from '../cloud-event.js';
import { ContractViolation } from '../contract-violation.js';
import type { ReceivedRecord, WireRecord } from '../wire-record.js';
import type { DomainEvent } from './domain-event.js';

export const EVENT_UNMATCHED = 'hookstream.event.unmatched.v1';

/**
 * An event that no webhook of its account wanted, public, on `hookstream.unmatched-events`. The record's value is the event's
 * data, as published. Why not is not in it: it follows from the event and the webhooks as they were at that time.
 */
export interface EventUnmatchedV1 {
  /** RFC 3339: when it was looked for webhooks. */
  readonly unmatchedAt: string;
  readonly event: DomainEvent;
}

/** What the event says of itself and has no attribute of its own, in the header `ce_event`. */
interface EventHeader {
  readonly id: string;
  readonly source: string;
  readonly type: string;
  readonly time: string;
  readonly context?: string | undefined;
}

/**
 * As a record for `hookstream.unmatched-events`, keyed by the event's id. Its `ce_id` depends on source and id of the event
 * alone: published again in vain, an event is told of again under the same one.
 * @param source the CloudEvents source of the service that tells
 */
export function encodeEventUnmatched({ event, unmatchedAt }: EventUnmatchedV1, source: string): WireRecord {
  const { id, type, time, context } = event;
  const headers = cloudEventHeaders({
    id: `unmatched:${hash('sha256', `${event.source}\0${id}`, 'hex').slice(0, 32)}`,
    source,
    type: EVENT_UNMATCHED,
    time: unmatchedAt,
    accountId: event.accountId,
    channelId: event.channelId,
    dataContentType: event.dataContentType,
    traceparent: event.traceparent,
  });
  const header: EventHeader = { id, source: event.source, type, time, context };
  headers['ce_event'] = JSON.stringify(header);
  return { key: id, value: event.data, headers };
}

/** @throws ContractViolation when the record is not an event that matched nothing */
export function decodeEventUnmatched({ headers, value }: Pick<ReceivedRecord, 'headers' | 'value'>): EventUnmatchedV1 {
  const attributes = readCloudEventHeaders(headers);
  if (attributes.type !== EVENT_UNMATCHED)
    throw new ContractViolation('CE_TYPE_UNEXPECTED', `ce_type ${attributes.type} is not expected here`);
  if (value === null) throw new ContractViolation('EVENT_VALUE_MISSING', 'an event needs its data as the value');
  const { id, source, type, time, context } = parseEventHeader(requiredHeader(headers, 'ce_event'));
  const { channelId, dataContentType, traceparent } = attributes;
  const accountId = requiredHeader(headers, 'ce_accountid');
  return {
    unmatchedAt: attributes.time,
    event: { id, source, type, time, accountId, channelId, context, dataContentType, traceparent, data: value },
  };
}

function parseEventHeader(text: string): EventHeader {
  let parsed: Partial<EventHeader> | null;
  try {
    parsed = JSON.parse(text) as Partial<EventHeader> | null;
  } catch {
    throw new ContractViolation('JSON_INVALID', 'ce_event is not JSON');
  }
  const required = [parsed?.id, parsed?.source, parsed?.type, parsed?.time];
  const valid = required.every((member) => typeof member === 'string') && ['string', 'undefined'].includes(typeof parsed?.context);
  if (!valid) throw new ContractViolation('MESSAGE_SHAPE_INVALID', 'ce_event lacks a member or has one of the wrong type');
  return parsed as EventHeader;
}
