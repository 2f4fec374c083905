import { errorRows } from '#libs/kernel';

export const idempotencyErrors = errorRows({
  IDEMPOTENCY_CONFLICT: { kind: 'conflict', retryable: false, title: 'The idempotency key belongs to another request' },
  IDEMPOTENCY_IN_PROGRESS: { kind: 'conflict', retryable: true, title: 'The first request with this idempotency key is still running' },
});
