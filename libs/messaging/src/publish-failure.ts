/** What a failed produce request asks for. */
export type PublishFailure = 'too-large' | 'refused' | 'wait';

// Errors that name no record although one record of the batch causes them: the batch is halved until it stands alone.
const TOO_LARGE = new Set(['MESSAGE_TOO_LARGE', 'RECORD_LIST_TOO_LARGE']);
const REFUSED = new Set([
  'INVALID_RECORD',
  'INVALID_TIMESTAMP',
  'INVALID_TOPIC_EXCEPTION',
  'TOPIC_AUTHORIZATION_FAILED',
  'CLUSTER_AUTHORIZATION_FAILED',
  'POLICY_VIOLATION',
  'UNSUPPORTED_FOR_MESSAGE_FORMAT',
]);
// Thrown while the request is put together, before anything is sent.
const ENCODING_ERRORS = new Set(['TypeError', 'RangeError', 'ERR_INVALID_ARG_TYPE']);

interface ClientError {
  readonly name?: string;
  readonly type?: string;
  readonly cause?: unknown;
}

/**
 * Classifies whatever a produce request failed with. Total: what is not known to be the records' own fault is waited
 * out, because a wrong guess there only costs time while the other would lose records.
 */
export function publishFailure(error: unknown): PublishFailure {
  for (
    let cause = error as ClientError | undefined, depth = 0;
    cause && depth < 5;
    cause = cause.cause as ClientError | undefined, depth++
  ) {
    if (cause.type !== undefined && TOO_LARGE.has(cause.type)) return 'too-large';
    if (cause.type !== undefined && REFUSED.has(cause.type)) return 'refused';
    if (cause.name !== undefined && ENCODING_ERRORS.has(cause.name)) return 'refused';
  }
  return 'wait';
}
