import type { DeliveryRequestedV1 } from '#libs/contracts';

/** A delivery on its way: what was asked for, which attempt is next, and what the earlier ones left behind. */
export interface Delivery {
  readonly request: DeliveryRequestedV1;
  /** Number of the next attempt. */
  readonly attempt: number;
  /** RFC 3339; `null` before the first attempt. */
  readonly firstAttemptAt: string | null;
}

export function deliveryOf(request: DeliveryRequestedV1): Delivery {
  return { request, attempt: request.attempt, firstAttemptAt: null };
}

/** The delivery after an attempt that is to be repeated. @param attemptedAt RFC 3339 */
export function afterAttempt(delivery: Delivery, attemptedAt: string): Delivery {
  const { request, attempt, firstAttemptAt } = delivery;
  // A test stays one, so that its retries carry the header that says so.
  const trigger = request.trigger === 'test' ? 'test' : 'retry';
  return { request: { ...request, trigger }, attempt: attempt + 1, firstAttemptAt: firstAttemptAt ?? attemptedAt };
}
