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

/** Conflicts with a rule about what is there: neither does something exist already, nor does trying again help. */
const RULED_OUT: ReadonlySet<string> = new Set(['DEFAULT_ACCOUNT_KEPT', 'EVENT_TYPE_COMBINED', 'EVENT_TYPE_FIXED', 'EVENT_TYPE_LIMIT']);

/** A conflict with something that goes away by itself is one to try again, which `ALREADY_EXISTS` never is. */
export function statusCodeOf({ code, kind, retryable }: Pick<AppError, 'code' | 'kind' | 'retryable'>): status {
  if (kind !== 'conflict') return STATUS_CODES[kind];
  if (retryable) return status.ABORTED;
  return RULED_OUT.has(code) ? status.FAILED_PRECONDITION : status.ALREADY_EXISTS;
}
