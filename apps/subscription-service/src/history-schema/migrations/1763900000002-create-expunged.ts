import type { MigrationInterface, QueryRunner } from 'typeorm';

export class CreateExpunged1763900000002 implements MigrationInterface {
  readonly name = 'CreateExpunged1763900000002';

  async up(session: QueryRunner): Promise<void> {
    // The one table that a rebuild leaves: records that are read again must not bring back what was taken out.
    await session.query(`
      create table history.expunged (
        account_id text collate "C" not null,
        kind text collate "C" not null check (kind in ('event', 'webhook', 'account')),
        -- the id of the event, the webhook or the account
        subject text collate "C" not null,
        expunged_at timestamptz not null,
        -- null while rows are still being taken out
        finished_at timestamptz,
        constraint expunged_pkey primary key (account_id, kind, subject)
      );
    `);
  }

  async down(session: QueryRunner): Promise<void> {
    await session.query('drop table history.expunged');
  }
}
