import type { AttemptHealth } from './endpoint-health.js';

/**
 * What a result says about the endpoint:
 * - `works`: 2xx.
 * - `answers`: it is alive and declines (404, 401, 429, …). Neither opens a circuit nor counts as a success in its window;
 *   by a probe it closes it, for what a circuit guards against, an endpoint that cannot answer, is over.
 * - `fails`: transport errors, timeouts, 5xx and whatever else the caller says counts.
 * - `gone`: 410.
 * - `nothing`: our own fault (DNS infrastructure, a refusal of the egress policy); the endpoint was not asked.
 */
export type Saying = 'works' | 'answers' | 'fails' | 'gone' | 'nothing';

const TOO_MANY_REQUESTS = 429;

export function whatItSays(result: AttemptHealth): Saying {
  if (result.kind === 'succeeded') return 'works';
  if (result.gone) return 'gone';
  if (result.counts && result.statusCode !== TOO_MANY_REQUESTS) return 'fails';
  return result.statusCode === null ? 'nothing' : 'answers';
}
