import type { DeliveryOutcomeV1 } from '#libs/contracts';
import type { Transaction } from '#libs/persistence';
import { column, pgTextOrNull, pgTime } from './columns.js';
import type { DeliveryFacts } from './delivery-facts.js';
import type { StoredOutcome } from './history-listener.js';

const LATER_ATTEMPT = "(excluded.last_attempt, coalesce(excluded.last_attempt_id, '')) > (d.last_attempt, coalesce(d.last_attempt_id, ''))";
const LATER_OUTCOME = `(excluded.outcome is not null
  and (d.outcome is null or (excluded.outcome_attempts, excluded.outcome_at) > (d.outcome_attempts, d.outcome_at)))`;
const LATER_REDELIVERY = `(excluded.redelivery_attempt is not null
  and (d.redelivery_attempt is null or (excluded.redelivery_attempt, excluded.redelivery_at) > (d.redelivery_attempt, d.redelivery_at)))`;

const replaced = (columns: readonly string[], when: string): string =>
  columns.map((name) => `${name} = case when ${when} then excluded.${name} else d.${name} end`).join(', ');

// `mergeFacts` in SQL. Rows that learn nothing are not written: reading everything again costs no new row versions.
const STORE = `
  insert into history.deliveries as d (id, webhook_id, account_id, channel_id, event_id, event_type, test, event_key, requested_at,
    first_attempt_at, last_attempt, last_attempt_id, last_attempt_status, last_status_code, last_error_class, next_attempt_at,
    outcome, outcome_reason, outcome_attempts, outcome_at, total_ms, redelivery_attempt, redelivery_at)
  select * from unnest($1::text[], $2::text[], $3::text[], $4::text[], $5::text[], $6::text[], $7::boolean[], $8::text[], $9::timestamptz[],
    $10::timestamptz[], $11::integer[], $12::text[], $13::text[], $14::integer[], $15::text[], $16::timestamptz[],
    $17::text[], $18::text[], $19::integer[], $20::timestamptz[], $21::bigint[], $22::integer[], $23::timestamptz[])
  on conflict (id) do update set
    test = d.test or excluded.test,
    event_key = coalesce(d.event_key, excluded.event_key),
    requested_at = least(d.requested_at, excluded.requested_at),
    first_attempt_at = least(d.first_attempt_at, excluded.first_attempt_at),
    ${replaced(['last_attempt', 'last_attempt_id', 'last_attempt_status', 'last_status_code', 'last_error_class', 'next_attempt_at'], LATER_ATTEMPT)},
    ${replaced(['outcome', 'outcome_reason', 'outcome_attempts', 'outcome_at', 'total_ms'], LATER_OUTCOME)},
    ${replaced(['redelivery_attempt', 'redelivery_at'], LATER_REDELIVERY)}
  where excluded.test and not d.test
     or excluded.event_key is not null and d.event_key is null
     or least(d.requested_at, excluded.requested_at) is distinct from d.requested_at
     or least(d.first_attempt_at, excluded.first_attempt_at) is distinct from d.first_attempt_at
     or ${LATER_ATTEMPT} or ${LATER_OUTCOME} or ${LATER_REDELIVERY}`;

/** Adds what was learned of deliveries to what is known. */
export async function storeDeliveries(transaction: Transaction, deliveries: readonly DeliveryFacts[]): Promise<void> {
  if (deliveries.length === 0) return;
  await transaction.query(STORE, [
    column(deliveries, ({ id }) => id),
    column(deliveries, ({ webhookId }) => webhookId),
    column(deliveries, ({ accountId }) => pgTextOrNull(accountId)),
    column(deliveries, ({ channelId }) => pgTextOrNull(channelId)),
    column(deliveries, ({ eventId }) => pgTextOrNull(eventId)),
    column(deliveries, ({ eventType }) => pgTextOrNull(eventType)),
    column(deliveries, ({ test }) => test),
    column(deliveries, ({ eventKey }) => eventKey),
    column(deliveries, ({ requestedAt }) => pgTime(requestedAt)),
    column(deliveries, ({ firstAttemptAt }) => pgTime(firstAttemptAt)),
    column(deliveries, ({ attempt }) => attempt?.number ?? 0),
    column(deliveries, ({ attempt }) => attempt?.id ?? null),
    column(deliveries, ({ attempt }) => attempt?.status ?? null),
    column(deliveries, ({ attempt }) => attempt?.statusCode ?? null),
    column(deliveries, ({ attempt }) => attempt?.errorClass ?? null),
    column(deliveries, ({ attempt }) => pgTime(attempt?.nextAttemptAt ?? null)),
    column(deliveries, ({ outcome }) => outcome?.result ?? null),
    column(deliveries, ({ outcome }) => outcome?.reason ?? null),
    column(deliveries, ({ outcome }) => outcome?.attempts ?? null),
    column(deliveries, ({ outcome }) => pgTime(outcome?.at ?? null)),
    column(deliveries, ({ outcome }) => outcome?.totalMs ?? null),
    column(deliveries, ({ redelivery }) => redelivery?.attempt ?? null),
    column(deliveries, ({ redelivery }) => pgTime(redelivery?.at ?? null)),
  ]);
}

/** Of these outcomes, those that are not known yet; asked before they are stored. */
export async function unknownOutcomes(transaction: Transaction, outcomes: readonly DeliveryOutcomeV1[]): Promise<DeliveryOutcomeV1[]> {
  if (outcomes.length === 0) return [];
  const known = await transaction.query<{ id: string; outcome_attempts: number }[]>(
    'select d.id, d.outcome_attempts from history.deliveries as d where d.id = any($1::text[]) and d.outcome is not null',
    [column(outcomes, ({ deliveryId }) => deliveryId)],
  );
  const attemptsOf = new Map(known.map(({ id, outcome_attempts }) => [id, outcome_attempts]));
  return outcomes.filter(({ deliveryId, attempts }) => (attemptsOf.get(deliveryId) ?? -1) < attempts);
}

/** Outcomes with what is known of their deliveries, once those are stored. */
export async function withTests(transaction: Transaction, outcomes: readonly DeliveryOutcomeV1[]): Promise<StoredOutcome[]> {
  if (outcomes.length === 0) return [];
  const tests = await transaction.query<{ id: string }[]>(
    'select d.id from history.deliveries as d where d.id = any($1::text[]) and d.test',
    [column(outcomes, ({ deliveryId }) => deliveryId)],
  );
  const ids = new Set(tests.map(({ id }) => id));
  return outcomes.map((outcome) => ({ outcome, test: ids.has(outcome.deliveryId) }));
}
