import type { DeliveryPast, DeliveryRequestedV1 } from '#libs/contracts';
import type { Verdict } from './attempt.js';

/** The request for the attempt that follows a failed one. @param attemptedAt RFC 3339: when the failed one began */
export function afterFailure(request: DeliveryRequestedV1, verdict: Verdict, attemptedAt: string): DeliveryRequestedV1 {
  return {
    ...request,
    attempt: request.attempt + 1,
    wait: request.wait + 1,
    trigger: 'retry',
    past: pastAfter(request, verdict, attemptedAt),
  };
}

/** The same request, to be made again later: no attempt was spent. */
export function putOff(request: DeliveryRequestedV1): DeliveryRequestedV1 {
  return { ...request, wait: request.wait + 1 };
}

export function pastAfter(request: DeliveryRequestedV1, verdict: Verdict, attemptedAt: string): DeliveryPast {
  return {
    firstAttemptAt: request.past?.firstAttemptAt ?? attemptedAt,
    lastStatusCode: verdict.statusCode,
    lastErrorClass: verdict.status === 'failed' ? verdict.errorClass : null,
  };
}

/**
 * When a delivery is given up, whatever it still waits for; in milliseconds since the epoch. One whose time of request
 * cannot be read gets its time from now.
 */
export function expiresAt(request: DeliveryRequestedV1, maxAgeMs: number, now: number): number {
  const requested = Date.parse(request.requestedAt);
  return (Number.isNaN(requested) ? now : requested) + maxAgeMs;
}
