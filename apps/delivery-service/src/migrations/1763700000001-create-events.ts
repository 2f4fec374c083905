import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Events with a delivery that waits, each once: what they say of themselves and the data as published. */
export class CreateEvents1763700000001 implements MigrationInterface {
  readonly name = 'CreateEvents1763700000001';

  async up(session: QueryRunner): Promise<void> {
    await session.query(`
      create table delivery.events (
        key uuid not null,
        account_id text not null,
        id text not null,
        source text not null,
        type text not null,
        time text not null,
        channel_id text,
        context text,
        data_content_type text,
        traceparent text,
        data bytea not null,
        constraint events_pkey primary key (key)
      ) with (
        autovacuum_vacuum_scale_factor = 0.02, autovacuum_vacuum_threshold = 5000, autovacuum_vacuum_cost_delay = 0,
        autovacuum_vacuum_insert_scale_factor = 0.1, autovacuum_analyze_scale_factor = 0.1
      );
      -- Rows live for minutes: compressing them costs more than the space.
      alter table delivery.events alter column data set storage external;
    `);
  }

  async down(session: QueryRunner): Promise<void> {
    await session.query('drop table delivery.events');
  }
}
