import { errorRows } from '#libs/kernel';

export const runtimeErrors = errorRows({
  INTERNAL: { kind: 'bug', retryable: false, title: 'Internal error' },
  MALFORMED_BODY: { kind: 'malformed', retryable: false, title: 'Body is not JSON' },
  BODY_TOO_LARGE: { kind: 'tooLarge', retryable: false, title: 'Body too large' },
  CONTENT_TYPE_UNSUPPORTED_HTTP: { kind: 'malformed', retryable: false, title: 'Content type not supported' },
  ROUTE_NOT_FOUND: { kind: 'notFound', retryable: false, title: 'Not found' },
  VALIDATION_FAILED: { kind: 'invalid', retryable: false, title: 'Validation failed' },
  SERVICE_UNAVAILABLE: { kind: 'unavailable', retryable: true, title: 'Service unavailable' },
});
