import { errorRows } from '#libs/kernel';

export const eventErrors = errorRows({
  EVENT_MALFORMED: { kind: 'malformed', retryable: false, title: 'Body is not JSON' },
  EVENT_NOT_ACCEPTED: { kind: 'unavailable', retryable: true, title: 'Kafka is unavailable' },
});
