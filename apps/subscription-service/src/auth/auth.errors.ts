import { errorRows } from '#libs/kernel';

export const authErrors = errorRows({
  UNAUTHENTICATED: { kind: 'unauthenticated', retryable: false, title: 'No valid API key' },
  SCOPE_MISSING: { kind: 'denied', retryable: false, title: 'The API key lacks the scope' },
  ROLE_REQUIRED: { kind: 'precondition', retryable: false, title: 'The account lacks the role that webhooks need' },
  RATE_LIMITED: { kind: 'limited', retryable: true, title: 'Too many requests' },
});
