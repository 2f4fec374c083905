import { errorRows } from '#libs/kernel';

export const eventTypeErrors = errorRows({
  EVENT_TYPE_NOT_FOUND: { kind: 'notFound', retryable: false, title: 'There is no such event type' },
});
