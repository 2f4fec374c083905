import type { MigrationInterface, QueryRunner } from 'typeorm';

export class AddWebhookFilter1763820000001 implements MigrationInterface {
  readonly name = 'AddWebhookFilter1763820000001';

  async up(session: QueryRunner): Promise<void> {
    await session.query('alter table subscription.webhooks add column filter text');
  }

  async down(session: QueryRunner): Promise<void> {
    await session.query('alter table subscription.webhooks drop column filter');
  }
}
