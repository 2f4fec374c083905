import { describe, expect, it } from 'vitest';
import { answeredProblem, ApiError, problemOf } from './problem';
import { isWorthRetrying } from './query-client';
import { TimedOut } from './time-limit';

const failure = (status: number) => new ApiError(answeredProblem({ status, code: 'X', title: 'x', detail: 'x', traceId: '' }, status));

describe('a call that failed', () => {
  it('is tried again when it may pass, three times in all', () => {
    expect([503, 429, 500].map((status) => isWorthRetrying(0, failure(status)))).toEqual([true, true, true]);
    expect(isWorthRetrying(0, new TypeError('fetch failed'))).toBe(true);
    expect(isWorthRetrying(2, failure(503))).toBe(false);
  });

  it('is a refusal however often it is asked for', () => {
    expect([401, 403, 404, 409, 422].map((status) => isWorthRetrying(0, failure(status)))).toEqual([false, false, false, false, false]);
  });

  it('is given up after a wait that was long enough already', () => {
    expect(isWorthRetrying(0, new TimedOut('no answer'))).toBe(false);
  });

  it('has a problem whatever was thrown', () => {
    expect(problemOf(new TypeError('fetch failed'))).toMatchObject({ status: 0, code: 'UNREACHABLE' });
    expect(problemOf(new TimedOut('no answer'))).toMatchObject({ status: 0, code: 'TIMED_OUT' });
    expect(answeredProblem('<html>Bad gateway</html>', 502)).toMatchObject({ status: 502, code: 'UNREADABLE' });
  });
});
