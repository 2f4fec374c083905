import type { MigrationInterface, QueryRunner } from 'typeorm';

// An outcome is the end unless an attempt beyond it, or a redelivery asked for after it, shows that the delivery goes on.
const ENDED = `outcome is not null and last_attempt <= outcome_attempts
               and not coalesce(redelivery_attempt > outcome_attempts and redelivery_at > outcome_at, false)`;
const REDELIVERED = 'coalesce(redelivery_attempt > last_attempt, false)';

export class CreateHistory1763900000001 implements MigrationInterface {
  readonly name = 'CreateHistory1763900000001';

  async up(session: QueryRunner): Promise<void> {
    // Ids begin with their time, so that they are the partition keys too: an id alone tells the partition, and a list that
    // goes by id descending reads the newest partition first and no further than it has to. Default partitions take what
    // lies outside of the days that have a partition, such as deliveries of events that claim to be of 1970.
    await session.query(`
      create table history.events (
        key text collate "C" not null,
        account_id text collate "C" not null,
        source text not null,
        event_id text collate "C" not null,
        event_type text collate "C" not null,
        event_time text not null,
        channel_id text,
        context text,
        data_content_type text,
        traceparent text,
        data bytea not null,
        redacted boolean not null,
        constraint events_pkey primary key (key)
      ) partition by range (key);
      create index events_event on history.events (event_id);
      create index events_account on history.events (account_id, key);
      create index events_account_type on history.events (account_id, event_type, key);
      create table history.events_other partition of history.events default;

      create table history.bodies (
        key text collate "C" not null,
        account_id text collate "C" not null,
        event_id text collate "C" not null,
        body bytea not null,
        constraint bodies_pkey primary key (key)
      ) partition by range (key);
      create index bodies_event on history.bodies (event_id);
      create table history.bodies_other partition of history.bodies default;

      -- What is known of a delivery, out of records in any order: each group of columns is one fact, of which the latest is kept.
      create table history.deliveries (
        id text collate "C" not null,
        webhook_id text collate "C" not null,
        account_id text collate "C" not null,
        channel_id text,
        event_id text collate "C" not null,
        event_type text collate "C" not null,
        test boolean not null,
        -- null until its request has been read
        event_key text collate "C",
        requested_at timestamptz,
        first_attempt_at timestamptz,
        last_attempt integer not null,
        last_attempt_id text collate "C",
        last_attempt_status text,
        last_status_code integer,
        last_error_class text,
        next_attempt_at timestamptz,
        outcome text,
        outcome_reason text,
        outcome_attempts integer,
        outcome_at timestamptz,
        total_ms bigint,
        redelivery_attempt integer,
        redelivery_at timestamptz,
        attempts integer generated always as (greatest(last_attempt, coalesce(outcome_attempts, 0))) stored,
        created_at timestamptz generated always as (coalesce(requested_at, first_attempt_at)) stored,
        completed_at timestamptz generated always as (case when ${ENDED} then outcome_at end) stored,
        state text collate "C" generated always as (case
          when ${ENDED} then outcome
          when last_attempt = 0 or ${REDELIVERED} then 'pending'
          when next_attempt_at is not null then 'retrying'
          else last_attempt_status
        end) stored,
        constraint deliveries_pkey primary key (id)
      ) partition by range (id);
      create index deliveries_account on history.deliveries (account_id, id);
      create index deliveries_account_state on history.deliveries (account_id, state, id);
      create index deliveries_webhook on history.deliveries (webhook_id, id);
      create index deliveries_webhook_state on history.deliveries (webhook_id, state, id);
      create index deliveries_event on history.deliveries (event_id, webhook_id);
      create table history.deliveries_other partition of history.deliveries default;

      create table history.attempts (
        id text collate "C" not null,
        delivery_id text collate "C" not null,
        webhook_id text collate "C" not null,
        account_id text collate "C" not null,
        channel_id text,
        event_id text collate "C" not null,
        event_type text collate "C" not null,
        attempt integer not null,
        trigger text collate "C" not null,
        status text collate "C" not null,
        status_code integer,
        error_class text collate "C",
        circuit text not null,
        attempted_at timestamptz not null,
        next_attempt_at timestamptz,
        duration_ms integer not null,
        -- of history.bodies; null when the request had no body
        body_key text collate "C",
        -- JSON as text, not jsonb, which takes no U+0000: { error, request: {method, url, headers}, response, timings, resolvedAddress }
        detail text not null,
        constraint attempts_pkey primary key (id)
      ) partition by range (id);
      create index attempts_account on history.attempts (account_id, id);
      create index attempts_webhook on history.attempts (webhook_id, id);
      create index attempts_webhook_status on history.attempts (webhook_id, status, id);
      create index attempts_webhook_type on history.attempts (webhook_id, event_type, id);
      create index attempts_webhook_code on history.attempts (webhook_id, status_code, id);
      create index attempts_webhook_error on history.attempts (webhook_id, error_class, id) where error_class is not null;
      create index attempts_webhook_trigger on history.attempts (webhook_id, trigger, id) where trigger <> 'event';
      create index attempts_event on history.attempts (event_id, webhook_id);
      create table history.attempts_other partition of history.attempts default;

      -- Attempts that are no tests, counted by minute (60) and by hour (3600); of each account in all with '' for the webhook.
      create table history.stat_buckets (
        webhook_id text collate "C" not null,
        account_id text collate "C" not null,
        seconds integer not null,
        start timestamptz not null,
        succeeded integer not null,
        failed integer not null,
        -- answers by class: 1xx, 2xx, 3xx, 4xx, 5xx; then attempts without an answer
        codes integer[] not null,
        -- failed attempts by error class: see ERROR_CLASSES
        errors integer[] not null,
        -- attempts by duration: see LATENCY_BOUNDS_MS
        latency integer[] not null,
        duration_ms bigint not null,
        constraint stat_buckets_pkey primary key (account_id, webhook_id, seconds, start)
      ) partition by range (start);
      create table history.stat_buckets_other partition of history.stat_buckets default;

      -- Events that went to a webhook of the account, by the day at which they claim to have happened, UTC; tests are none.
      create table history.event_type_days (
        account_id text collate "C" not null,
        event_type text collate "C" not null,
        day date not null,
        events integer not null,
        constraint event_type_days_pkey primary key (account_id, event_type, day)
      );

      create function history.add_counts(a integer[], b integer[]) returns integer[] language sql immutable strict parallel safe
        as $$ select array_agg(coalesce(x, 0) + coalesce(y, 0) order by i) from unnest(a, b) with ordinality as t(x, y, i) $$;

      -- Last Event Hit: of the latest attempt that was no test.
      create table history.webhook_activity (
        webhook_id text collate "C" not null,
        account_id text collate "C" not null,
        attempt_id text collate "C" not null,
        delivery_id text collate "C" not null,
        event_id text collate "C" not null,
        event_type text collate "C" not null,
        attempted_at timestamptz not null,
        status text not null,
        status_code integer,
        last_succeeded_at timestamptz,
        last_failed_at timestamptz,
        constraint webhook_activity_pkey primary key (webhook_id)
      );
      create index webhook_activity_account on history.webhook_activity (account_id);

      create table history.circuits (
        webhook_id text collate "C" not null,
        account_id text collate "C" not null,
        version bigint not null,
        circuit text not null,
        since timestamptz not null,
        consecutive_failures integer not null,
        openings integer not null,
        next_probe_at timestamptz,
        failing_since timestamptz,
        warned_percent integer not null,
        auto_disabled text,
        last_status_code integer,
        last_error_class text,
        changed_at timestamptz not null,
        constraint circuits_pkey primary key (webhook_id)
      );
      create index circuits_account on history.circuits (account_id);

      -- One row. Who stores a batch shares it: a rebuild, which raises the generation, and an expunge wait for batches under way.
      create table history.projection (
        id integer not null check (id = 1),
        generation integer not null,
        -- while the consumer group is being set back
        resetting boolean not null,
        -- what was published before is old news
        rebuilt_at timestamptz,
        constraint projection_pkey primary key (id)
      );
      insert into history.projection (id, generation, resetting) values (1, 1, false);
    `);
  }

  async down(session: QueryRunner): Promise<void> {
    await session.query(`
      drop table history.projection, history.circuits, history.webhook_activity, history.event_type_days, history.stat_buckets,
                 history.attempts, history.deliveries, history.bodies, history.events;
      drop function history.add_counts(integer[], integer[]);
    `);
  }
}
