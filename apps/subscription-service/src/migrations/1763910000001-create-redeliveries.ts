import type { MigrationInterface, QueryRunner } from 'typeorm';

export class CreateRedeliveries1763910000001 implements MigrationInterface {
  readonly name = 'CreateRedeliveries1763910000001';

  async up(session: QueryRunner): Promise<void> {
    await session.query(`
      create table subscription.redeliveries (
        id text collate "C" not null,
        account_id text collate "C" not null,
        kind text not null,
        -- null: several
        webhook_id text collate "C",
        event_id text,
        -- JSON, as it was asked for; null for one of an event
        selection text,
        status text collate "C" not null,
        count integer not null default 0,
        sent integer not null default 0,
        skipped integer not null default 0,
        problem text,
        -- JSON: how far the gathering has come; null before it has begun
        gathered text,
        created_at timestamptz not null,
        created_by text not null,
        started_at timestamptz,
        completed_at timestamptz,
        -- who works on it, and until when nobody else may
        holder text,
        held_until timestamptz,
        constraint redeliveries_pkey primary key (id)
      );
      create index redeliveries_account on subscription.redeliveries (account_id, id);
      create index redeliveries_webhook on subscription.redeliveries (webhook_id, id);
      create index redeliveries_open on subscription.redeliveries (id) where status in ('preparing', 'running');
      create index redeliveries_ended on subscription.redeliveries (completed_at) where completed_at is not null;

      -- attempt and wait name the record that asks for the attempt: written again after a crash, it is dropped as a copy.
      create table subscription.redelivery_items (
        redelivery_id text collate "C" not null,
        delivery_id text collate "C" not null,
        webhook_id text collate "C" not null,
        -- of history.events or, when kept, of subscription.redelivery_events
        event_key text collate "C",
        kept boolean not null,
        attempt integer not null,
        wait integer not null,
        state text collate "C" not null default 'waiting',
        constraint redelivery_items_pkey primary key (redelivery_id, delivery_id)
      );
      create index redelivery_items_waiting on subscription.redelivery_items (redelivery_id, delivery_id) where state = 'waiting';

      -- Events that no history has, since nobody got them; until their redelivery has ended.
      create table subscription.redelivery_events (
        redelivery_id text collate "C" not null,
        key text collate "C" not null,
        account_id text collate "C" not null,
        source text not null,
        event_id text not null,
        event_type text not null,
        event_time text not null,
        channel_id text,
        context text,
        data_content_type text,
        traceparent text,
        data bytea not null,
        constraint redelivery_events_pkey primary key (redelivery_id, key)
      );
    `);
  }

  async down(session: QueryRunner): Promise<void> {
    await session.query('drop table subscription.redelivery_events, subscription.redelivery_items, subscription.redeliveries');
  }
}
