import { errorRows } from '#libs/kernel';

export const eventTypeErrors = errorRows({
  EVENT_TYPE_NOT_FOUND: { kind: 'notFound', retryable: false, title: 'There is no such event type' },
  EVENT_TYPE_FIXED: { kind: 'conflict', retryable: false, title: 'The event type belongs to the deployment and cannot be changed' },
  EVENT_TYPE_COMBINED: { kind: 'conflict', retryable: false, title: 'A combined event type holds this one' },
  EVENT_TYPE_LIMIT: { kind: 'conflict', retryable: false, title: 'There are too many event types' },
  EVENT_TYPE_STALE: { kind: 'stale', retryable: false, title: 'The event type was changed meanwhile' },
});
