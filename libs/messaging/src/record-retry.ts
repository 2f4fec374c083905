import { AppError } from '#libs/kernel';

export interface RetryRules {
  /** How often a record may make its handler fail with an error that is not retryable. */
  readonly tries: number;
  /** Milliseconds before the second try. */
  readonly firstDelayMs: number;
  readonly mostDelayMs: number;
}

export const RETRY_DEFAULTS = { tries: 3, firstDelayMs: 100, mostDelayMs: 30_000 } satisfies RetryRules;

/** What to do with a record whose handler failed for the `failures`-th time: try again after a delay, or give it up. */
export function afterFailure(error: unknown, failures: number, rules: RetryRules): { retryInMs: number } | 'give-up' {
  const retryable = error instanceof AppError && error.retryable;
  if (!retryable && failures >= rules.tries) return 'give-up';
  const wished = retryable && error.retryAfterSeconds !== undefined ? error.retryAfterSeconds * 1_000 : 0;
  return { retryInMs: Math.max(wished, Math.min(rules.mostDelayMs, rules.firstDelayMs * 2 ** Math.min(failures - 1, 20))) };
}
