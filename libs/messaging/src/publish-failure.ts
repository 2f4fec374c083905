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
  /** As patched: the messages of the request that were written all the same. */
  readonly written?: ReadonlySet<object>;
}

/** The messages of a failed request that were written, since they were for other partitions than those that failed. */
export function writtenAnyway(error: unknown): ReadonlySet<object> | undefined {
  return causesOf(error).find(({ written }) => written)?.written;
}

function causesOf(error: unknown): ClientError[] {
  const causes: ClientError[] = [];
  for (let cause = error as ClientError | null | undefined; cause && causes.length < 5; cause = cause.cause as ClientError | undefined)
    causes.push(cause);
  return causes;
}

/**
 * Classifies whatever a produce request failed with. Total: what is not known to be the records' own fault is waited
 * out, because a wrong guess there only costs time while the other would lose records.
 */
export function publishFailure(error: unknown): PublishFailure {
  for (const cause of causesOf(error)) {
    if (cause.type !== undefined && TOO_LARGE.has(cause.type)) return 'too-large';
    if (cause.type !== undefined && REFUSED.has(cause.type)) return 'refused';
    if (cause.name !== undefined && ENCODING_ERRORS.has(cause.name)) return 'refused';
  }
  return 'wait';
}
