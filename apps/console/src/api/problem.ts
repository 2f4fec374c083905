import i18next from 'i18next';
import type { Problem } from './generated';
import { TimedOut } from './time-limit';

/** What the API, or the way to it, said instead of an answer. */
export class ApiError extends Error {
  constructor(readonly problem: Problem) {
    super(problem.detail);
  }
}

/**
 * The problem behind whatever a call threw: as the API told it, or one of the console's own with status 0 (`UNREACHABLE`,
 * `TIMED_OUT`) or with the status of an answer that was no problem document (`UNREADABLE`).
 */
export function problemOf(error: unknown): Problem {
  if (error instanceof ApiError) return error.problem;
  if (isProblem(error)) return error;
  return error instanceof TimedOut ? ownProblem(0, 'TIMED_OUT', 'timedOut') : ownProblem(0, 'UNREACHABLE', 'unreachable');
}

/** The problem of an answer with a status of failure. */
export function answeredProblem(body: unknown, status: number): Problem {
  return isProblem(body) ? body : ownProblem(status, 'UNREADABLE', 'unreadable');
}

function ownProblem(status: number, code: string, key: 'unreachable' | 'unreadable' | 'timedOut'): Problem {
  return {
    type: 'about:blank',
    title: i18next.t(`api.${key}.title`),
    detail: i18next.t(`api.${key}.detail`, { status }),
    status,
    code,
    traceId: '',
  };
}

function isProblem(value: unknown): value is Problem {
  return typeof value === 'object' && value !== null && 'code' in value && 'detail' in value && 'status' in value;
}
