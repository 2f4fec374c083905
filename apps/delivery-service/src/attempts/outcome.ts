import type { DeliveryOutcomeV1, DeliveryRequestedV1 } from '#libs/contracts';
import { outcomeBase } from '../outcomes/index.js';
import type { Verdict } from './attempt.js';
import { pastAfter } from './delivery.js';

/** The end of a delivery by its last attempt. @param attemptedAt RFC 3339 @param now milliseconds since the epoch */
export function outcomeOf(request: DeliveryRequestedV1, verdict: Verdict, attemptedAt: string, now: number): DeliveryOutcomeV1 {
  return {
    ...outcomeBase(request, verdict.status, now),
    reason: null,
    attempts: request.attempt,
    ...pastAfter(request, verdict, attemptedAt),
  };
}
