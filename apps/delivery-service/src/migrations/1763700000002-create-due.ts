import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * Deliveries that wait for their next attempt. `due_at` of a parked one (its webhook is disabled) is when it expires. No
 * foreign key to events: its check would cost each insert more than the insert; the advisory lock of `EventData` takes its place.
 */
export class CreateDue1763700000002 implements MigrationInterface {
  readonly name = 'CreateDue1763700000002';

  async up(session: QueryRunner): Promise<void> {
    await session.query(`
      create table delivery.due (
        delivery_id text collate "C" not null,
        webhook_id text collate "C" not null,
        event_key uuid not null,
        due_at timestamptz not null,
        attempt integer not null,
        wait integer not null,
        last_status_code integer,
        parked boolean not null,
        trigger text not null,
        cause text not null,
        requested_at text not null,
        first_attempt_at text,
        last_error_class text,
        constraint due_pkey primary key (delivery_id)
      ) with (
        autovacuum_vacuum_scale_factor = 0.02, autovacuum_vacuum_threshold = 5000, autovacuum_vacuum_cost_delay = 0,
        autovacuum_vacuum_insert_scale_factor = 0.1, autovacuum_analyze_scale_factor = 0.1
      );
      create index due_claim on delivery.due (due_at) where not parked;
      create index due_expiry on delivery.due (due_at) where parked;
      create index due_parked on delivery.due (webhook_id) where parked;
      create index due_webhook on delivery.due (webhook_id, due_at);
      create index due_event on delivery.due (event_key);
    `);
  }

  async down(session: QueryRunner): Promise<void> {
    await session.query('drop table delivery.due');
  }
}
