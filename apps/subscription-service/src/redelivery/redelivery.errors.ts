import { errorRows } from '#libs/kernel';

export const redeliveryErrors = errorRows({
  DELIVERY_NOT_FOUND: { kind: 'notFound', retryable: false, title: 'There is no such delivery' },
  EVENT_NOT_FOUND: { kind: 'notFound', retryable: false, title: 'There is no such event' },
  REDELIVERY_NOT_FOUND: { kind: 'notFound', retryable: false, title: 'There is no such redelivery' },
  REDELIVERY_ENDED: { kind: 'conflict', retryable: false, title: 'The redelivery has ended' },
  DELIVERY_ENDED: { kind: 'conflict', retryable: false, title: 'The delivery has ended' },
  DELIVERY_IS_TEST: { kind: 'conflict', retryable: false, title: 'The delivery is a test' },
  EVENT_DATA_GONE: { kind: 'conflict', retryable: false, title: 'The data of the event is no longer kept' },
  EVENT_REDACTED: { kind: 'conflict', retryable: false, title: 'The data of the event is kept only in part' },
  WEBHOOK_DISABLED: { kind: 'conflict', retryable: false, title: 'The webhook is disabled' },
  SENDING_UNAVAILABLE: { kind: 'unavailable', retryable: true, title: 'Kafka is unavailable' },
});
