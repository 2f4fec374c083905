import type { DeliveryAttemptedV1 } from '#libs/contracts';
import type { Transaction } from '#libs/persistence';
import { bodyKey } from '../history-schema/index.js';
import { blobOf, column, pgTextOrNull, pgTime } from './columns.js';
import type { Redaction } from './redaction.js';
import type { StoredEvent } from './stored-event.js';

interface Body {
  readonly key: string;
  readonly accountId: string;
  readonly eventId: string;
  readonly body: string;
}

/** Stores events with their data, once per event. @returns the keys of those that were not there */
export async function storeEvents(
  transaction: Transaction,
  stored: readonly StoredEvent[],
  redaction: Redaction,
): Promise<ReadonlySet<string>> {
  if (stored.length === 0) return new Set();
  const events = stored.map(({ key, unmatchedAt, event }) => ({ ...event, key, unmatchedAt, ...redaction.ofData(event.type, event.data) }));
  const data = blobOf(events.map((event) => event.data));
  const inserted = await transaction.query<{ key: string }[]>(
    `insert into history.events (key, account_id, source, event_id, event_type, event_time, channel_id, context, data_content_type, traceparent,
                                 data, redacted, unmatched_at)
     select e.key, e.account_id, e.source, e.event_id, e.event_type, e.event_time, e.channel_id, e.context, e.data_content_type, e.traceparent,
            substring($14::bytea from e.start for e.length), e.redacted, e.unmatched_at
       from unnest($1::text[], $2::text[], $3::text[], $4::text[], $5::text[], $6::text[], $7::text[], $8::text[], $9::text[], $10::text[],
                   $11::integer[], $12::integer[], $13::boolean[], $15::timestamptz[])
            as e (key, account_id, source, event_id, event_type, event_time, channel_id, context, data_content_type, traceparent,
                  start, length, redacted, unmatched_at)
         on conflict (key) do nothing returning key`,
    [
      column(events, (event) => event.key),
      column(events, (event) => pgTextOrNull(event.accountId)),
      column(events, (event) => pgTextOrNull(event.source)),
      column(events, (event) => pgTextOrNull(event.id)),
      column(events, (event) => pgTextOrNull(event.type)),
      column(events, (event) => pgTextOrNull(event.time)),
      column(events, (event) => pgTextOrNull(event.channelId)),
      column(events, (event) => pgTextOrNull(event.context)),
      column(events, (event) => pgTextOrNull(event.dataContentType)),
      column(events, (event) => pgTextOrNull(event.traceparent)),
      data.starts,
      data.lengths,
      column(events, (event) => event.redacted),
      data.bytes,
      column(events, (event) => pgTime(event.unmatchedAt)),
    ],
  );
  return new Set(inserted.map(({ key }) => key));
}

/** Adds to events that were there already when no webhook wanted them; the first time stays. */
export async function noteUnmatched(transaction: Transaction, events: readonly StoredEvent[]): Promise<void> {
  const unmatched = events.filter(({ unmatchedAt }) => unmatchedAt !== null);
  if (unmatched.length === 0) return;
  await transaction.query(
    `update history.events as e set unmatched_at = u.unmatched_at from unnest($1::text[], $2::timestamptz[]) as u (key, unmatched_at)
      where e.key = u.key and (e.unmatched_at is null or e.unmatched_at > u.unmatched_at)`,
    [column(unmatched, ({ key }) => key), column(unmatched, ({ unmatchedAt }) => pgTime(unmatchedAt))],
  );
}

/** Stores attempts with their bodies, each body once per event. @returns the ids of those that were not there */
export async function storeAttempts(
  transaction: Transaction,
  attempts: readonly DeliveryAttemptedV1[],
  redaction: Redaction,
): Promise<ReadonlySet<string>> {
  if (attempts.length === 0) return new Set();
  const rows = attempts.map((attempt) => rowOf(redaction.ofAttempt(attempt)));
  await storeBodies(
    transaction,
    rows.flatMap(({ body }) => body ?? []),
  );
  const details = blobOf(rows.map(({ detail }) => detail));
  const inserted = await transaction.query<{ id: string }[]>(
    `insert into history.attempts (id, delivery_id, webhook_id, account_id, channel_id, event_id, event_type, attempt, trigger, status, status_code,
                                   error_class, circuit, attempted_at, next_attempt_at, duration_ms, body_key, detail)
     select a.id, a.delivery_id, a.webhook_id, a.account_id, a.channel_id, a.event_id, a.event_type, a.attempt, a.trigger, a.status, a.status_code,
            a.error_class, a.circuit, a.attempted_at, a.next_attempt_at, a.duration_ms, a.body_key,
            convert_from(substring($20::bytea from a.start for a.length), 'UTF8')
       from unnest($1::text[], $2::text[], $3::text[], $4::text[], $5::text[], $6::text[], $7::text[], $8::integer[], $9::text[],
                   $10::text[], $11::integer[], $12::text[], $13::text[], $14::timestamptz[], $15::timestamptz[], $16::integer[],
                   $17::text[], $18::integer[], $19::integer[])
            as a (id, delivery_id, webhook_id, account_id, channel_id, event_id, event_type, attempt, trigger, status, status_code, error_class,
                  circuit, attempted_at, next_attempt_at, duration_ms, body_key, start, length)
         on conflict (id) do nothing returning id`,
    [
      column(attempts, ({ id }) => id),
      column(attempts, ({ deliveryId }) => deliveryId),
      column(attempts, ({ webhookId }) => webhookId),
      column(attempts, ({ accountId }) => pgTextOrNull(accountId)),
      column(attempts, ({ channelId }) => pgTextOrNull(channelId)),
      column(attempts, ({ eventId }) => pgTextOrNull(eventId)),
      column(attempts, ({ eventType }) => pgTextOrNull(eventType)),
      column(attempts, ({ attempt }) => attempt),
      column(attempts, ({ trigger }) => trigger),
      column(attempts, ({ status }) => status),
      column(attempts, ({ statusCode }) => statusCode),
      column(attempts, ({ errorClass }) => errorClass),
      column(attempts, ({ circuit }) => circuit),
      column(attempts, ({ attemptedAt }) => attemptedAt),
      column(attempts, ({ nextAttemptAt }) => nextAttemptAt),
      column(attempts, ({ durationMs }) => durationMs),
      column(rows, ({ body }) => body?.key ?? null),
      details.starts,
      details.lengths,
      details.bytes,
    ],
  );
  return new Set(inserted.map(({ id }) => id));
}

function rowOf(attempt: DeliveryAttemptedV1): { body: Body | undefined; detail: string } {
  const { deliveryId, accountId, eventId, error, response, timings, resolvedAddress } = attempt;
  const { body, ...request } = attempt.request;
  // As JSON, U+0000 is an escape that Postgres can hold.
  const detail = JSON.stringify({ error, request, response, timings, resolvedAddress });
  return { body: body === null ? undefined : { key: bodyKey(deliveryId, accountId, eventId, body), accountId, eventId, body }, detail };
}

async function storeBodies(transaction: Transaction, bodies: readonly Body[]): Promise<void> {
  if (bodies.length === 0) return;
  const rows = [...new Map(bodies.map((body) => [body.key, body])).values()].sort((a, b) => (a.key < b.key ? -1 : 1));
  const bytes = blobOf(rows.map(({ body }) => body));
  await transaction.query(
    `insert into history.bodies (key, account_id, event_id, body)
     select b.key, b.account_id, b.event_id, substring($6::bytea from b.start for b.length)
       from unnest($1::text[], $2::text[], $3::text[], $4::integer[], $5::integer[]) as b (key, account_id, event_id, start, length)
         on conflict (key) do nothing`,
    [
      column(rows, ({ key }) => key),
      column(rows, ({ accountId }) => pgTextOrNull(accountId)),
      column(rows, ({ eventId }) => pgTextOrNull(eventId)),
      bytes.starts,
      bytes.lengths,
      bytes.bytes,
    ],
  );
}
