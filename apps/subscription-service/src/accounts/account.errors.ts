import { errorRows } from '#libs/kernel';

export const accountErrors = errorRows({
  ACCOUNT_NOT_FOUND: { kind: 'notFound', retryable: false, title: 'There is no such account' },
});
