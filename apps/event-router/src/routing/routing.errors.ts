import { errorRows } from '#libs/kernel';

export const routingErrors = errorRows({
  SCHEMA_MISMATCH: {
    kind: 'invalid',
    retryable: false,
    title: 'The data does not fit the schema of its event type, which rejects such events',
  },
});
