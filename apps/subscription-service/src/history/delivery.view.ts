import type { DeliveryRow } from '../history-schema/index.js';
import type { ListedAttempt } from './attempt.store.js';
import { attemptView } from './attempt.view.js';
import type { FullDelivery } from './delivery.store.js';
import type { AttemptFailure } from '../failure-words/index.js';

/** A delivery as a list shows it (contract, §7). */
export function deliveryView(row: DeliveryRow) {
  return {
    id: row.id,
    webhookId: row.webhook_id,
    eventId: row.event_id,
    eventType: row.event_type,
    channelId: row.channel_id,
    test: row.test,
    state: row.state,
    reason: row.state === 'discarded' ? row.outcome_reason : null,
    attempts: row.attempts,
    lastStatusCode: row.last_status_code,
    lastErrorClass: row.last_error_class,
    nextAttemptAt: row.state === 'retrying' ? (row.next_attempt_at?.toISOString() ?? null) : null,
    createdAt: row.created_at.toISOString(),
    completedAt: row.completed_at?.toISOString() ?? null,
  };
}

export type DeliveryView = ReturnType<typeof deliveryView>;

/** @param failure of its last attempt; null when that one did not fail */
export function deliveryDetailView(row: FullDelivery, timeline: readonly ListedAttempt[], failure: AttemptFailure | null) {
  const { source, event_time: time, redacted } = row;
  return {
    ...deliveryView(row),
    totalMs: row.completed_at === null || row.total_ms === null ? null : Number(row.total_ms),
    failure,
    event: source === null || time === null ? null : { source, time, dataState: redacted ? ('redacted' as const) : ('kept' as const) },
    timeline: timeline.map(attemptView),
  };
}

export type DeliveryDetailView = ReturnType<typeof deliveryDetailView>;
