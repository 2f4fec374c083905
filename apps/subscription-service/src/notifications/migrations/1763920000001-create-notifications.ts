import type { MigrationInterface, QueryRunner } from 'typeorm';

export class CreateNotifications1763920000001 implements MigrationInterface {
  readonly name = 'CreateNotifications1763920000001';

  async up(session: QueryRunner): Promise<void> {
    await session.query(`
      -- what is to be known of a webhook that is or was in trouble; one that works has no row
      create table notifications.standings (
        webhook_id text collate "C" not null,
        account_id text not null,
        standing text not null,
        -- when to decide which mails are due; null: a row that its transaction has not filled
        look_at timestamptz,
        constraint standings_pkey primary key (webhook_id)
      );
      create index standings_look_at on notifications.standings (look_at);

      create table notifications.mails (
        id text collate "C" not null,
        account_id text not null,
        webhook_id text not null,
        kind text not null,
        -- the same for the same notice, however often it is made
        notice_key text not null,
        recipient text not null,
        subject text not null,
        -- null once they are sent or given up
        plain_text text,
        html_text text,
        unsubscribe_url text,
        status text not null default 'pending',
        attempts integer not null default 0,
        -- when it is sent, or sent again if who had it in hand has died
        due_at timestamptz not null,
        created_at timestamptz not null,
        sent_at timestamptz,
        last_error text,
        constraint mails_pkey primary key (id),
        constraint mails_status check (status in ('pending', 'sent', 'failed'))
      );
      create unique index mails_notice on notifications.mails (webhook_id, notice_key, lower(recipient));
      create index mails_pending on notifications.mails (due_at, id) where status = 'pending';
      create index mails_pending_account on notifications.mails (account_id) where status = 'pending';
      create index mails_account on notifications.mails (account_id, id);
      create index mails_created_at on notifications.mails (created_at);

      create table notifications.unsubscriptions (
        account_id text not null,
        -- empty: every webhook of the account
        webhook_id text not null,
        -- in lower case
        address text not null,
        created_at timestamptz not null,
        constraint unsubscriptions_pkey primary key (account_id, webhook_id, address)
      );

      create view notifications.sent_mails as
        select m.id, m.account_id, m.webhook_id, m.kind, m.recipient, m.subject, m.status, m.attempts, m.created_at, m.sent_at, m.last_error
          from notifications.mails as m;
    `);
  }

  async down(session: QueryRunner): Promise<void> {
    await session.query(`
      drop view notifications.sent_mails;
      drop table notifications.unsubscriptions;
      drop table notifications.mails;
      drop table notifications.standings;
    `);
  }
}
