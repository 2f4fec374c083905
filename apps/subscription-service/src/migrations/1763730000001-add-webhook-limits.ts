import type { MigrationInterface, QueryRunner } from 'typeorm';

export class AddWebhookLimits1763730000001 implements MigrationInterface {
  readonly name = 'AddWebhookLimits1763730000001';

  // The defaults let the release before this one go on writing rows.
  async up(session: QueryRunner): Promise<void> {
    await session.query(`
      alter table subscription.webhooks
        add column retry_policy json,
        add column max_in_flight integer not null default 10,
        add column rate_limit json,
        add column metadata json not null default '{}';
    `);
  }

  async down(session: QueryRunner): Promise<void> {
    await session.query(`
      alter table subscription.webhooks
        drop column metadata,
        drop column rate_limit,
        drop column max_in_flight,
        drop column retry_policy;
    `);
  }
}
