import type { MigrationInterface, QueryRunner } from 'typeorm';

export class AddRotatingWebhooksIndex1763820000002 implements MigrationInterface {
  readonly name = 'AddRotatingWebhooksIndex1763820000002';

  async up(session: QueryRunner): Promise<void> {
    await session.query('create index webhooks_rotating on subscription.webhooks (id) where json_array_length(secrets) > 1');
  }

  async down(session: QueryRunner): Promise<void> {
    await session.query('drop index subscription.webhooks_rotating');
  }
}
