import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { newId } from '#libs/kernel';
import { HistoryUnitOfWork } from '../../history-database.module.js';
import { eventKey } from '../../history-schema/index.js';

const DETAIL = {
  error: 'refused',
  request: { method: 'POST', url: 'http://127.0.0.1:8080/', headers: {} },
  response: null,
  timings: { dns: null, connect: null, tls: null, firstByte: null, total: 1 },
  resolvedAddress: null,
};

/** What the history would have after an event of which one delivery to the webhook has failed, and another is pending. */
export async function aPastOf(app: NestFastifyApplication, webhookId: string) {
  const [failed, pending, attemptId, eventId] = [newId('dlv'), newId('dlv'), newId('att'), newId('evt')];
  const key = eventKey(failed, 'default', '/fuzz', eventId);
  await app.get(HistoryUnitOfWork, { strict: false }).run(async (transaction) => {
    await transaction.query(
      `insert into history.events (key, account_id, source, event_id, event_type, event_time, data, redacted)
       values ($1, 'default', '/fuzz', $2, 'order_created', '2026-11-20T10:00:00Z', '{}', false)`,
      [key, eventId],
    );
    for (const [id, attempts] of [
      [failed, 1],
      [pending, 0],
    ] as const)
      await transaction.query(
        `insert into history.deliveries (id, webhook_id, account_id, event_id, event_type, test, event_key, requested_at, last_attempt, last_attempt_id,
                                         last_attempt_status, outcome, outcome_attempts, outcome_at, total_ms, first_attempt_at)
         values ($1, $2, 'default', $3, 'order_created', false, $4, now(), $5, $6, $7, $8, $9, $10, 1, $10)`,
        [
          id,
          webhookId,
          eventId,
          key,
          attempts,
          ...(attempts ? [attemptId, 'failed', 'failed', 1, new Date()] : [null, null, null, null, null]),
        ],
      );
    await transaction.query(
      `insert into history.attempts (id, delivery_id, webhook_id, account_id, event_id, event_type, attempt, trigger, status, error_class, circuit,
                                     attempted_at, duration_ms, detail)
       values ($1, $2, $3, 'default', $4, 'order_created', 1, 'event', 'failed', 'connect', 'closed', now(), 1, $5)`,
      [attemptId, failed, webhookId, eventId, JSON.stringify(DETAIL)],
    );
  });
  return { deliveryIds: [failed, pending], attemptIds: [attemptId], eventId };
}
