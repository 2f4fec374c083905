import { errorRows } from '#libs/kernel';

export const webhookErrors = errorRows({
  WEBHOOK_NOT_FOUND: { kind: 'notFound', retryable: false, title: 'There is no such webhook' },
  WEBHOOK_NAME_TAKEN: { kind: 'conflict', retryable: false, title: 'Another webhook of the account has this name' },
  WEBHOOK_NOT_SIGNED: { kind: 'precondition', retryable: false, title: 'The webhook does not sign' },
  WEBHOOK_STALE: { kind: 'stale', retryable: false, title: 'If-Match names another version of the webhook' },
});
