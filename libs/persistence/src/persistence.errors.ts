import { errorRows } from '#libs/kernel';

export const persistenceErrors = errorRows({
  CONCURRENT_CHANGE: { kind: 'conflict', retryable: true, title: 'Changed by somebody else at the same time' },
  DATABASE_UNAVAILABLE: { kind: 'unavailable', retryable: true, title: 'The database is unavailable' },
});
