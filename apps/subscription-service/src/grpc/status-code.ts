import { status } from '@grpc/grpc-js';
import type { AppError, ErrorKind } from '#libs/kernel';

/** The status code of each kind of error; the one map of the gRPC door. */
const STATUS_CODES: Readonly<Record<ErrorKind, status>> = {
  malformed: status.INVALID_ARGUMENT,
  invalid: status.INVALID_ARGUMENT,
  unauthenticated: status.UNAUTHENTICATED,
  denied: status.PERMISSION_DENIED,
  precondition: status.FAILED_PRECONDITION,
  notFound: status.NOT_FOUND,
  conflict: status.ALREADY_EXISTS,
  stale: status.ABORTED,
  // As the transport itself answers to a message over its limit.
  tooLarge: status.RESOURCE_EXHAUSTED,
  limited: status.RESOURCE_EXHAUSTED,
  unavailable: status.UNAVAILABLE,
  bug: status.INTERNAL,
};

/** Conflicts with something that is there already. The others are with the state of a thing: trying again does not help. */
const TAKEN: ReadonlySet<string> = new Set(['ACCOUNT_ID_TAKEN', 'IDEMPOTENCY_CONFLICT', 'WEBHOOK_NAME_TAKEN']);

/** A conflict with something that goes away by itself is one to try again, which the other two never are. */
export function statusCodeOf({ code, kind, retryable }: Pick<AppError, 'code' | 'kind' | 'retryable'>): status {
  if (kind !== 'conflict') return STATUS_CODES[kind];
  if (retryable) return status.ABORTED;
  return TAKEN.has(code) ? status.ALREADY_EXISTS : status.FAILED_PRECONDITION;
}
