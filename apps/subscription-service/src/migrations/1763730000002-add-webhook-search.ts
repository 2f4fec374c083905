import type { MigrationInterface, QueryRunner } from 'typeorm';

export class AddWebhookSearch1763730000002 implements MigrationInterface {
  readonly name = 'AddWebhookSearch1763730000002';

  async up(session: QueryRunner): Promise<void> {
    await session.query(`
      alter table subscription.webhooks add column search_text text collate "C" not null default '';
      update subscription.webhooks as w set search_text = lower(w.name || E'\\n' || w.url);
      create index webhooks_account_status_id on subscription.webhooks (account_id, status, id);
    `);
  }

  async down(session: QueryRunner): Promise<void> {
    await session.query(`
      drop index subscription.webhooks_account_status_id;
      alter table subscription.webhooks drop column search_text;
    `);
  }
}
