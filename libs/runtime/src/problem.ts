import { AppError, type ErrorKind, type FieldError } from '#libs/kernel';

/** RFC 9457 problem document, shaped as in the contract, §7. */
export interface Problem {
  readonly type: string;
  readonly title: string;
  readonly status: number;
  readonly code: string;
  readonly detail: string;
  readonly traceId: string;
  readonly errors?: readonly FieldError[];
}

/** The HTTP status of each kind of error; the one map of the HTTP door. */
export const HTTP_STATUS: Readonly<Record<ErrorKind, number>> = {
  malformed: 400,
  invalid: 422,
  unauthenticated: 401,
  denied: 403,
  precondition: 422,
  notFound: 404,
  conflict: 409,
  stale: 412,
  tooLarge: 413,
  limited: 429,
  unavailable: 503,
  bug: 500,
};

/** Problem types are references relative to the API that answers (RFC 9457 §3.1.1). */
const PROBLEM_BASE = '/problems/';

/** The `type` of problems with this code, such as `/problems/validation-failed`. */
export function problemType(code: string): string {
  return PROBLEM_BASE + code.toLowerCase().replaceAll('_', '-');
}

/** A problem document of an error; what a `bug` says stays in the log. */
export function problemOf(error: AppError, traceId: string): Problem {
  return {
    type: problemType(error.code),
    title: error.title,
    status: HTTP_STATUS[error.kind],
    code: error.code,
    detail: error.kind === 'bug' ? 'Something went wrong on our side.' : error.message,
    traceId,
    ...(error.fields.length > 0 ? { errors: error.fields } : {}),
  };
}
