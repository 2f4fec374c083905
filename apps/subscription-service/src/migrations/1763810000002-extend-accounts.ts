import type { MigrationInterface, QueryRunner } from 'typeorm';

export class ExtendAccounts1763810000002 implements MigrationInterface {
  readonly name = 'ExtendAccounts1763810000002';

  async up(session: QueryRunner): Promise<void> {
    await session.query(`
      alter table subscription.accounts
        add column version integer not null default 1,
        add column required_role text,
        add column notifications_enabled boolean not null default true,
        add column notification_emails text[] not null default '{}',
        add column notification_digest_minutes integer not null default 15,
        -- set: gone for every caller, its webhooks still being deleted
        add column deleted_at timestamptz,
        add column deleted_by text;
      create index accounts_deleted_at on subscription.accounts (deleted_at) where deleted_at is not null;
    `);
  }

  async down(session: QueryRunner): Promise<void> {
    await session.query(`
      drop index subscription.accounts_deleted_at;
      alter table subscription.accounts
        drop column deleted_by,
        drop column deleted_at,
        drop column notification_digest_minutes,
        drop column notification_emails,
        drop column notifications_enabled,
        drop column required_role,
        drop column version;
    `);
  }
}
