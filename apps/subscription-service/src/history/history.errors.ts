import { errorRows } from '#libs/kernel';

export const historyErrors = errorRows({
  ATTEMPT_NOT_FOUND: { kind: 'notFound', retryable: false, title: 'There is no such attempt' },
  TOO_MANY_STREAMS: { kind: 'limited', retryable: true, title: 'Too many live views are open' },
});
