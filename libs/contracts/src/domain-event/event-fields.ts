import { ContractViolation } from '../contract-violation.js';
import type { DomainEvent } from '../messages/domain-event.js';
import { DEFAULT_ACCOUNT } from '../messages/domain-event.js';
import type { ReceivedRecord } from '../wire-record.js';
import { parseRfc3339, printRfc3339 } from './rfc3339.js';

/** An event as one of the shapes gave it: texts that are well-formed Unicode, nothing else known of them yet. */
export interface RawEvent {
  readonly id: string;
  readonly source: string;
  readonly type: string | undefined;
  readonly time: string | undefined;
  readonly accountId: string | undefined;
  readonly channelId: string | undefined;
  /** JSON text, checked. */
  readonly context: string | undefined;
  readonly dataContentType: string | undefined;
  readonly traceparent: string | undefined;
  readonly data: Buffer;
}

const TYPE = /^[A-Za-z0-9_.:-]{1,128}$/;
/**
 * The form of an event's id. It becomes the `webhook-id` header and part of what is signed: a header carries ASCII
 * without loss and its receivers trim the spaces around it, so any other id would reach them changed and fail to verify.
 */
export const EVENT_ID = /^[\x21-\x7e](?:[\x20-\x7e]{0,254}[\x21-\x7e])?$/;
const MAX_SOURCE_LENGTH = 1024;
const MAX_MEMBER_LENGTH = 256;
const CONTROL = /\p{Cc}/u;
const TRACEPARENT = /^00-(?!0{32})[0-9a-f]{32}-(?!0{16})[0-9a-f]{16}-[0-9a-f]{2}$/;

/** Checks every field by the rules that all shapes share and fills in what may be missing. */
export function checkFields(raw: RawEvent, record: Pick<ReceivedRecord, 'timestamp'>): DomainEvent {
  return {
    id: checkId(raw.id),
    source: checkSource(raw.source),
    type: checkType(raw.type),
    time: raw.time === undefined ? printRfc3339(record.timestamp) : checkTime(raw.time),
    accountId: raw.accountId === undefined ? DEFAULT_ACCOUNT : checkMember('accountId', raw.accountId),
    channelId: raw.channelId === undefined ? undefined : checkMember('channelId', raw.channelId),
    context: raw.context,
    dataContentType: raw.dataContentType,
    traceparent: raw.traceparent !== undefined && TRACEPARENT.test(raw.traceparent) ? raw.traceparent : undefined,
    data: raw.data,
  };
}

/** An account or channel: it is not empty, since an event must not land in an account that nobody named. */
export function checkMember(name: string, value: string): string {
  if (value.length > 0 && value.length <= MAX_MEMBER_LENGTH && !CONTROL.test(value)) return value;
  throw new ContractViolation(
    'EVENT_MEMBER_INVALID',
    `${name} must have 1 to ${MAX_MEMBER_LENGTH} characters, no control characters among them`,
  );
}

function checkId(id: string): string {
  if (EVENT_ID.test(id)) return id;
  throw new ContractViolation('EVENT_ID_INVALID', 'the id must have 1 to 256 printable ASCII characters and no space at its ends');
}

function checkSource(source: string): string {
  if (source.length > 0 && source.length <= MAX_SOURCE_LENGTH && !CONTROL.test(source)) return source;
  throw new ContractViolation(
    'EVENT_SOURCE_INVALID',
    `the source must have 1 to ${MAX_SOURCE_LENGTH} characters, no control characters among them`,
  );
}

function checkType(type: string | undefined): string {
  if (type === undefined) throw new ContractViolation('EVENT_TYPE_MISSING', 'the event has no type');
  if (TYPE.test(type)) return type;
  throw new ContractViolation('EVENT_TYPE_INVALID', 'the type must have 1 to 128 characters of A-Z a-z 0-9 _ . : -');
}

function checkTime(time: string): string {
  if (parseRfc3339(time) !== undefined) return time;
  throw new ContractViolation('EVENT_TIME_INVALID', 'the time is not an RFC 3339 time');
}
