import { errorRows } from '#libs/kernel';

export const authErrors = errorRows({
  UNAUTHENTICATED: { kind: 'unauthenticated', retryable: false, title: 'No valid API key' },
});
