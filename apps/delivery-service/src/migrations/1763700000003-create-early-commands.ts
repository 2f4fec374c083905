import type { MigrationInterface, QueryRunner } from 'typeorm';

/** What was asked about a delivery before it was in the due table: few rows, for as long as a retry can be on its way. */
export class CreateEarlyCommands1763700000003 implements MigrationInterface {
  readonly name = 'CreateEarlyCommands1763700000003';

  async up(session: QueryRunner): Promise<void> {
    await session.query(`
      create table delivery.early_commands (
        delivery_id text collate "C" not null,
        command text not null,
        webhook_id text collate "C" not null,
        attempt integer,
        requested_at timestamptz,
        kept_at timestamptz not null default now(),
        constraint early_commands_pkey primary key (delivery_id, command),
        constraint early_commands_whole check (case command when 'expedite' then attempt is not null when 'cancel' then requested_at is not null else false end)
      );
    `);
  }

  async down(session: QueryRunner): Promise<void> {
    await session.query('drop table delivery.early_commands');
  }
}
