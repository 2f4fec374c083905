import type { DeliveryOutcomeV1, DeliveryResult, DiscardReason } from '#libs/contracts';
import type { Verdict } from './attempt.js';
import type { Delivery } from './delivery.js';

/** The end of a delivery by its last attempt. @param attemptedAt RFC 3339 @param now milliseconds since the epoch */
export function outcomeOf(delivery: Delivery, verdict: Verdict, attemptedAt: string, now: number): DeliveryOutcomeV1 {
  return {
    ...base(delivery, verdict.status, now),
    reason: null,
    attempts: delivery.attempt,
    lastStatusCode: verdict.statusCode,
    lastErrorClass: verdict.status === 'failed' ? verdict.errorClass : null,
    firstAttemptAt: delivery.firstAttemptAt ?? attemptedAt,
  };
}

/** The end of a delivery that gets no further attempt. @param now milliseconds since the epoch */
export function discarded(delivery: Delivery, reason: DiscardReason, now: number): DeliveryOutcomeV1 {
  return {
    ...base(delivery, 'discarded', now),
    reason,
    attempts: delivery.attempt - 1,
    lastStatusCode: null,
    lastErrorClass: null,
    firstAttemptAt: delivery.firstAttemptAt,
  };
}

function base({ request }: Delivery, result: DeliveryResult, now: number) {
  const { deliveryId, webhookId, event, requestedAt } = request;
  const requested = Date.parse(requestedAt);
  return {
    deliveryId,
    webhookId,
    accountId: event.accountId,
    channelId: event.channelId ?? null,
    eventId: event.id,
    eventType: event.type,
    result,
    completedAt: new Date(now).toISOString(),
    // Clocks of two machines may disagree; a delivery never takes less than no time.
    totalMs: Number.isNaN(requested) ? 0 : Math.max(0, now - requested),
  };
}
