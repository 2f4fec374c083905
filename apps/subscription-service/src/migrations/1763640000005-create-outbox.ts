import type { MigrationInterface, QueryRunner } from 'typeorm';

export class CreateOutbox1763640000005 implements MigrationInterface {
  readonly name = 'CreateOutbox1763640000005';

  async up(session: QueryRunner): Promise<void> {
    await session.query(`
      create table subscription.outbox (
        id bigint generated always as identity,
        topic text not null,
        key text not null,
        value bytea,
        headers json not null,
        created_at timestamptz not null default now(),
        constraint outbox_pkey primary key (id)
      )
      -- rows live for milliseconds: dead ones are cleared by number, not as a share of a table that is nearly empty
      with (autovacuum_vacuum_scale_factor = 0, autovacuum_vacuum_threshold = 1000);
    `);
  }

  async down(session: QueryRunner): Promise<void> {
    await session.query('drop table subscription.outbox');
  }
}
