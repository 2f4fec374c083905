import type { AttemptDetail } from '../history-schema/index.js';
import type { FullAttempt, ListedAttempt } from './attempt.store.js';
import { failureOf } from '../failure-words/index.js';

/** An attempt as a list shows it (contract, §7). */
export function attemptView(row: ListedAttempt) {
  return {
    id: row.id,
    deliveryId: row.delivery_id,
    webhookId: row.webhook_id,
    eventId: row.event_id,
    eventType: row.event_type,
    channelId: row.channel_id,
    attempt: row.attempt,
    trigger: row.trigger,
    attemptedAt: row.attempted_at.toISOString(),
    durationMs: row.duration_ms,
    statusCode: row.status_code,
    status: row.status,
    errorClass: row.error_class,
    nextAttemptAt: row.next_attempt_at?.toISOString() ?? null,
  };
}

export type AttemptView = ReturnType<typeof attemptView>;

/** An attempt with what was sent and what came back. Credentials were masked before it was stored. */
export function attemptDetailView(row: FullAttempt) {
  const { error: message, request, response, timings, resolvedAddress } = JSON.parse(row.detail) as AttemptDetail;
  const { error_class: errorClass, status_code: statusCode, duration_ms: durationMs } = row;
  return {
    ...attemptView(row),
    circuit: row.circuit,
    failure: errorClass === null ? null : failureOf({ errorClass, statusCode, durationMs, headers: response?.headers, message }),
    request: { ...request, body: row.body?.toString('utf8') ?? null, bodyState: bodyState(row) },
    response,
    timings,
    resolvedAddress,
  };
}

export type AttemptDetailView = ReturnType<typeof attemptDetailView>;

function bodyState({ body_key, body }: FullAttempt): 'kept' | 'none' | 'gone' {
  if (body_key === null) return 'none';
  return body === null ? 'gone' : 'kept';
}
