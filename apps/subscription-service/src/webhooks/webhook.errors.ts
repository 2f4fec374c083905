import { errorRows } from '#libs/kernel';

export const webhookErrors = errorRows({
  WEBHOOK_NOT_FOUND: { kind: 'notFound', retryable: false, title: 'There is no such webhook' },
  WEBHOOK_NAME_TAKEN: { kind: 'conflict', retryable: false, title: 'Another webhook of the account has this name' },
});
