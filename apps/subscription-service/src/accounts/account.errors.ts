import { errorRows } from '#libs/kernel';

export const accountErrors = errorRows({
  ACCOUNT_NOT_FOUND: { kind: 'notFound', retryable: false, title: 'There is no such account' },
  ACCOUNT_ID_TAKEN: { kind: 'conflict', retryable: false, title: 'Another account has this id' },
  ACCOUNT_STALE: { kind: 'stale', retryable: false, title: 'If-Match names another version of the account' },
  DEFAULT_ACCOUNT_KEPT: { kind: 'conflict', retryable: false, title: 'The account default cannot be deleted' },
});
