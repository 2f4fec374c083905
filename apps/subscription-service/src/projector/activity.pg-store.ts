import type { DeliveryAttemptedV1, EndpointHealthV1 } from '#libs/contracts';
import type { Transaction } from '#libs/persistence';
import { column, pgTextOrNull, pgTime } from './columns.js';
import { countAttempts } from './stat-counts.js';

/** Counts attempts that were stored for the first time. */
export async function storeStats(transaction: Transaction, attempts: readonly DeliveryAttemptedV1[]): Promise<void> {
  const buckets = countAttempts(attempts);
  if (buckets.length === 0) return;
  await transaction.query(
    `insert into history.stat_buckets as s (webhook_id, account_id, seconds, start, succeeded, failed, codes, errors, latency, duration_ms, deliveries)
     select b.webhook_id, b.account_id, b.seconds, b.start, b.succeeded, b.failed, b.codes::integer[], b.errors::integer[], b.latency::integer[],
            b.duration_ms, b.deliveries
       from unnest($1::text[], $2::text[], $3::integer[], $4::timestamptz[], $5::integer[], $6::integer[], $7::text[], $8::text[], $9::text[],
                   $10::bigint[], $11::integer[])
            as b (webhook_id, account_id, seconds, start, succeeded, failed, codes, errors, latency, duration_ms, deliveries)
         on conflict (account_id, webhook_id, seconds, start) do update
        set succeeded = s.succeeded + excluded.succeeded, failed = s.failed + excluded.failed,
            codes = history.add_counts(s.codes, excluded.codes), errors = history.add_counts(s.errors, excluded.errors), latency = history.add_counts(s.latency, excluded.latency),
            duration_ms = s.duration_ms + excluded.duration_ms, deliveries = s.deliveries + excluded.deliveries`,
    [
      column(buckets, ({ webhookId }) => webhookId),
      column(buckets, ({ accountId }) => pgTextOrNull(accountId)),
      column(buckets, ({ seconds }) => seconds),
      column(buckets, ({ start }) => pgTime(start)),
      column(buckets, ({ succeeded }) => succeeded),
      column(buckets, ({ failed }) => failed),
      column(buckets, ({ codes }) => `{${codes.join()}}`),
      column(buckets, ({ errors }) => `{${errors.join()}}`),
      column(buckets, ({ latency }) => `{${latency.join()}}`),
      column(buckets, ({ durationMs }) => durationMs),
      column(buckets, ({ deliveries }) => deliveries),
    ],
  );
}

interface Activity {
  readonly latest: DeliveryAttemptedV1;
  readonly succeededAt: number | null;
  readonly failedAt: number | null;
}

/** Last Event Hit: the latest attempt of each webhook; tests are none. */
export async function storeActivity(transaction: Transaction, attempts: readonly DeliveryAttemptedV1[]): Promise<void> {
  const rows = latestOfEach(attempts);
  if (rows.length === 0) return;
  await transaction.query(
    `insert into history.webhook_activity as a (webhook_id, account_id, attempt_id, delivery_id, event_id, event_type, attempted_at, status,
                                                status_code, last_succeeded_at, last_failed_at)
     select * from unnest($1::text[], $2::text[], $3::text[], $4::text[], $5::text[], $6::text[], $7::timestamptz[], $8::text[], $9::integer[],
                          $10::timestamptz[], $11::timestamptz[])
         on conflict (webhook_id) do update set
            ${['attempt_id', 'delivery_id', 'event_id', 'event_type', 'attempted_at', 'status', 'status_code']
              .map((name) => `${name} = case when ${LATER} then excluded.${name} else a.${name} end`)
              .join(', ')},
            last_succeeded_at = greatest(a.last_succeeded_at, excluded.last_succeeded_at),
            last_failed_at = greatest(a.last_failed_at, excluded.last_failed_at)`,
    [
      column(rows, ({ latest }) => latest.webhookId),
      column(rows, ({ latest }) => pgTextOrNull(latest.accountId)),
      column(rows, ({ latest }) => latest.id),
      column(rows, ({ latest }) => latest.deliveryId),
      column(rows, ({ latest }) => pgTextOrNull(latest.eventId)),
      column(rows, ({ latest }) => pgTextOrNull(latest.eventType)),
      column(rows, ({ latest }) => latest.attemptedAt),
      column(rows, ({ latest }) => latest.status),
      column(rows, ({ latest }) => latest.statusCode),
      column(rows, ({ succeededAt }) => pgTime(succeededAt)),
      column(rows, ({ failedAt }) => pgTime(failedAt)),
    ],
  );
}

const LATER = '(excluded.attempted_at, excluded.attempt_id) > (a.attempted_at, a.attempt_id)';

function latestOfEach(attempts: readonly DeliveryAttemptedV1[]): Activity[] {
  const found = new Map<string, Activity>();
  for (const attempt of attempts) {
    if (attempt.trigger === 'test') continue;
    const at = Date.parse(attempt.attemptedAt);
    const known = found.get(attempt.webhookId);
    const latest = known && !isLater(attempt, known.latest) ? known.latest : attempt;
    const most = (past: number | null | undefined, now: boolean): number | null => (now ? Math.max(past ?? at, at) : (past ?? null));
    const succeeded = attempt.status === 'succeeded';
    found.set(attempt.webhookId, {
      latest,
      succeededAt: most(known?.succeededAt, succeeded),
      failedAt: most(known?.failedAt, !succeeded),
    });
  }
  return [...found].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, activity]) => activity);
}

function isLater(a: DeliveryAttemptedV1, b: DeliveryAttemptedV1): boolean {
  const difference = Date.parse(a.attemptedAt) - Date.parse(b.attemptedAt);
  return difference > 0 || (difference === 0 && a.id > b.id);
}

/** The newest state of each endpoint; null takes it away. @returns those that are newer than what was known */
export async function storeCircuits(
  transaction: Transaction,
  health: readonly (readonly [webhookId: string, EndpointHealthV1 | null])[],
): Promise<EndpointHealthV1[]> {
  const gone = health.flatMap(([webhookId, state]) => (state === null ? [webhookId] : []));
  if (gone.length > 0) await transaction.query('delete from history.circuits as c where c.webhook_id = any($1::text[])', [gone]);
  const states = health.flatMap(([, state]) => state ?? []);
  if (states.length === 0) return [];
  const newer = await transaction.query<{ webhook_id: string }[]>(
    `insert into history.circuits as c (webhook_id, account_id, version, circuit, since, consecutive_failures, openings, next_probe_at,
                                        failing_since, warned_percent, auto_disabled, last_status_code, last_error_class, changed_at)
     select * from unnest($1::text[], $2::text[], $3::bigint[], $4::text[], $5::timestamptz[], $6::integer[], $7::integer[], $8::timestamptz[],
                          $9::timestamptz[], $10::integer[], $11::text[], $12::integer[], $13::text[], $14::timestamptz[])
         on conflict (webhook_id) do update
        set account_id = excluded.account_id, version = excluded.version, circuit = excluded.circuit, since = excluded.since,
            consecutive_failures = excluded.consecutive_failures, openings = excluded.openings, next_probe_at = excluded.next_probe_at,
            failing_since = excluded.failing_since, warned_percent = excluded.warned_percent, auto_disabled = excluded.auto_disabled,
            last_status_code = excluded.last_status_code, last_error_class = excluded.last_error_class, changed_at = excluded.changed_at
      where excluded.version > c.version
     returning webhook_id`,
    [
      column(states, ({ webhookId }) => webhookId),
      column(states, ({ accountId }) => pgTextOrNull(accountId)),
      column(states, ({ version }) => version),
      column(states, ({ circuit }) => circuit),
      column(states, ({ since }) => since),
      column(states, ({ consecutiveFailures }) => consecutiveFailures),
      column(states, ({ openings }) => openings),
      column(states, ({ nextProbeAt }) => nextProbeAt),
      column(states, ({ failingSince }) => failingSince),
      column(states, ({ warnedPercent }) => warnedPercent),
      column(states, ({ autoDisabled }) => autoDisabled),
      column(states, ({ lastStatusCode }) => lastStatusCode),
      column(states, ({ lastErrorClass }) => lastErrorClass),
      column(states, ({ changedAt }) => changedAt),
    ],
  );
  const ids = new Set(newer.map(({ webhook_id }) => webhook_id));
  return states.filter(({ webhookId }) => ids.has(webhookId));
}
