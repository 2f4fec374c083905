import { errorRows } from '#libs/kernel';

export const apiKeyErrors = errorRows({
  API_KEY_NOT_FOUND: { kind: 'notFound', retryable: false, title: 'There is no such API key' },
  API_KEY_STALE: { kind: 'stale', retryable: false, title: 'If-Match names another version of the API key' },
});
