import type { MigrationInterface, QueryRunner } from 'typeorm';

/** An account may leave the time of its digests to the deployment, and choose what it is told of; a webhook may have readers of its own. */
export class ExtendNotificationSettings1763920000001 implements MigrationInterface {
  readonly name = 'ExtendNotificationSettings1763920000001';

  async up(session: QueryRunner): Promise<void> {
    await session.query(`
      alter table subscription.accounts
        alter column notification_digest_minutes drop not null,
        alter column notification_digest_minutes drop default,
        add column notification_kinds text[] not null default '{failure,circuit-open,disable-warning,disabled,recovered}';
      -- what was the default of every deployment
      update subscription.accounts as a set notification_digest_minutes = null where a.notification_digest_minutes = 15;
      alter table subscription.webhooks add column notify_emails text[] not null default '{}';
    `);
  }

  async down(session: QueryRunner): Promise<void> {
    await session.query(`
      alter table subscription.webhooks drop column notify_emails;
      update subscription.accounts as a set notification_digest_minutes = 15 where a.notification_digest_minutes is null;
      alter table subscription.accounts
        drop column notification_kinds,
        alter column notification_digest_minutes set default 15,
        alter column notification_digest_minutes set not null;
    `);
  }
}
