import { errorRows } from '#libs/kernel';

export const catalogErrors = errorRows({
  CATALOG_INVALID: { kind: 'invalid', retryable: false, title: 'The event catalog is not valid' },
});
