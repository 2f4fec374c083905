import type { DeliveryOutcomeV1, DeliveryRequestedV1, DeliveryResult, DiscardReason } from '#libs/contracts';
import type { Verdict } from './attempt.js';
import { pastAfter } from './delivery.js';

/** The end of a delivery by its last attempt. @param attemptedAt RFC 3339 @param now milliseconds since the epoch */
export function outcomeOf(request: DeliveryRequestedV1, verdict: Verdict, attemptedAt: string, now: number): DeliveryOutcomeV1 {
  return {
    ...base(request, verdict.status, now),
    reason: null,
    attempts: request.attempt,
    ...pastAfter(request, verdict, attemptedAt),
  };
}

/** The end of a delivery that gets no further attempt. @param now milliseconds since the epoch */
export function discarded(request: DeliveryRequestedV1, reason: DiscardReason, now: number): DeliveryOutcomeV1 {
  const { past } = request;
  return {
    ...base(request, 'discarded', now),
    reason,
    attempts: request.attempt - 1,
    lastStatusCode: past?.lastStatusCode ?? null,
    lastErrorClass: past?.lastErrorClass ?? null,
    firstAttemptAt: past?.firstAttemptAt ?? null,
  };
}

function base({ deliveryId, webhookId, event, requestedAt }: DeliveryRequestedV1, result: DeliveryResult, now: number) {
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
