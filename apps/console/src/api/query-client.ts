import { QueryClient } from '@tanstack/react-query';
import { problemOf } from './problem';

const FRESH_MS = 10_000;
const RETRIES = 2;

/** A refusal stays one however often it is asked for; only what may pass is tried again. */
export function isWorthRetrying(failures: number, error: unknown): boolean {
  const { status, code } = problemOf(error);
  return failures < RETRIES && code !== 'TIMED_OUT' && (status === 0 || status === 429 || status >= 500);
}

// A call that cannot be made fails and says so; by default it would wait, under a skeleton, for the network to come back.
const networkMode = 'always';

export const queryClient = new QueryClient({
  defaultOptions: { queries: { staleTime: FRESH_MS, retry: isWorthRetrying, networkMode }, mutations: { retry: false, networkMode } },
});
