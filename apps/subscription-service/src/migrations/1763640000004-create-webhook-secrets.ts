import type { MigrationInterface, QueryRunner } from 'typeorm';

export class CreateWebhookSecrets1763640000004 implements MigrationInterface {
  readonly name = 'CreateWebhookSecrets1763640000004';

  async up(session: QueryRunner): Promise<void> {
    await session.query(`
      create table subscription.webhook_secrets (
        webhook_id text collate "C" not null,
        id text collate "C" not null,
        purpose text not null check (purpose in ('signing', 'auth')),
        sealed text not null,
        created_at timestamptz not null default now(),
        constraint webhook_secrets_pkey primary key (webhook_id, id)
      );
    `);
  }

  async down(session: QueryRunner): Promise<void> {
    await session.query('drop table subscription.webhook_secrets');
  }
}
