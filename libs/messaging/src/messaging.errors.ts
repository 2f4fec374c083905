import { errorRows } from '#libs/kernel';

export const messagingErrors = errorRows({
  BROKER_UNAVAILABLE: { kind: 'unavailable', retryable: true, title: 'Kafka did not acknowledge in time' },
  RECORD_TOO_LARGE: { kind: 'tooLarge', retryable: false, title: 'The record is larger than the topic accepts' },
  RECORD_REFUSED: { kind: 'bug', retryable: false, title: 'Kafka refused the record' },
  BATCH_UNDECODABLE: { kind: 'malformed', retryable: false, title: 'The record batch cannot be decompressed or decoded' },
  HANDLER_FAILED: { kind: 'bug', retryable: false, title: 'The record made its handler fail again and again' },
});
