import { errorRows } from '#libs/kernel';

const unreadable = (title: string) => ({ kind: 'malformed', retryable: false, title }) as const;

/**
 * Why a record of a domain topic goes to the dead letters; `readDomainEvent` of the contracts gives the reasons. Those that
 * it shares with the reading of our own messages have their rows in the messaging library.
 */
export const routingErrors = errorRows({
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
