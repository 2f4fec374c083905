import type { ErrorClass } from '#libs/contracts';
import type { AttemptHealth } from '../health/index.js';
import type { Verdict } from './attempt.js';
import { retryAfterMs } from './retry-policy.js';

/** The receiver says that the endpoint is gone for good. */
const GONE = 410;
const HARMLESS: ReadonlySet<ErrorClass> = new Set(['http_3xx', 'http_4xx', 'dns', 'policy']);

/**
 * What an attempt says about the endpoint. A name server that does not answer and a refusal of our own guard say nothing
 * against it, and a redirect or a 4xx says that somebody is there. A host that does not exist is as dead as one that
 * refuses connections: the name server answered, so that it is not ours which is at fault. @param now milliseconds since the epoch
 */
export function attemptHealth(verdict: Verdict, now: number): AttemptHealth {
  if (verdict.status === 'succeeded') return { kind: 'succeeded' };
  const { statusCode, errorClass } = verdict;
  const gone = statusCode === GONE && errorClass === 'http_4xx';
  const counts = gone || verdict.nameMissing === true || !HARMLESS.has(errorClass);
  const waitMs = retryAfterMs(verdict.retryAfter, now);
  return { kind: 'failed', statusCode, errorClass, counts, gone, ...(waitMs !== undefined && { retryAfterMs: waitMs }) };
}
