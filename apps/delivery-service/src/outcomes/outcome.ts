import { type DeliveryOutcomeV1, type DeliveryRequestedV1, type DeliveryResult, type DiscardReason, isOfRedelivery } from '#libs/contracts';

/** The end of a delivery that gets no further attempt. @param now milliseconds since the epoch */
export function discarded(request: DeliveryRequestedV1, reason: DiscardReason, now: number): DeliveryOutcomeV1 {
  const { past } = request;
  return {
    ...outcomeBase(request, 'discarded', now),
    reason,
    attempts: request.attempt - 1,
    lastStatusCode: past?.lastStatusCode ?? null,
    lastErrorClass: past?.lastErrorClass ?? null,
    firstAttemptAt: past?.firstAttemptAt ?? null,
  };
}

/** What every outcome says, whatever the end. @param now milliseconds since the epoch */
export function outcomeBase(request: DeliveryRequestedV1, result: DeliveryResult, now: number) {
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
    ...(isOfRedelivery(request) && { redeliveredAt: requestedAt }),
  };
}
