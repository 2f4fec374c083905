import { errorRows } from '#libs/kernel';

const unreadable = (title: string) => ({ kind: 'malformed', retryable: false, title }) as const;

/** The reasons that a `ContractViolation` carries, which become the `ce_reason` of a dead letter. */
export const contractErrors = errorRows({
  CE_VERSION_UNSUPPORTED: unreadable('ce_specversion is absent or not 1.0'),
  CE_ATTRIBUTE_MISSING: unreadable('A CloudEvents attribute that must be there is not'),
  CE_TYPE_UNEXPECTED: unreadable('The CloudEvents type does not belong on this topic'),
  JSON_INVALID: unreadable('The value is not JSON'),
  MESSAGE_SHAPE_INVALID: unreadable('The message does not have the shape of its type'),
  EVENT_VALUE_MISSING: unreadable('The event has no value'),
  EVENT_TOO_LARGE: { kind: 'tooLarge', retryable: false, title: 'The event is larger than 1 MiB' },
  UTF8_INVALID: unreadable('The value or a header is not UTF-8'),
  JSON_TOO_DEEP: unreadable('The JSON is nested deeper than 100 levels'),
  JSON_NOT_OBJECT: unreadable('The event is not a JSON object'),
  JSON_DUPLICATE_MEMBER: unreadable('The event has two members of one name'),
  EVENT_TYPE_MISSING: unreadable('The event has no type'),
  EVENT_TYPE_INVALID: unreadable('The event type is not 1 to 128 characters of A-Z a-z 0-9 _ . : -'),
  EVENT_ID_INVALID: unreadable('The event id is not 1 to 256 printable ASCII characters'),
  EVENT_SOURCE_INVALID: unreadable('The event source is not 1 to 1024 characters without control characters'),
  EVENT_TIME_INVALID: unreadable('The event time is not an RFC 3339 time'),
  EVENT_MEMBER_INVALID: unreadable('A member of the event has the wrong type or form'),
  EVENT_DATA_MISSING: unreadable('The event has no data'),
  CONTENT_TYPE_UNSUPPORTED: unreadable('The content type is none that can be read'),
});
