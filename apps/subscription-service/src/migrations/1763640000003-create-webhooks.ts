import type { MigrationInterface, QueryRunner } from 'typeorm';

export class CreateWebhooks1763640000003 implements MigrationInterface {
  readonly name = 'CreateWebhooks1763640000003';

  async up(session: QueryRunner): Promise<void> {
    await session.query(`
      create table subscription.webhooks (
        id text collate "C" not null,
        account_id text not null,
        version integer not null,
        name text not null,
        url text not null,
        method text not null,
        channel_id text,
        events text[] not null,
        headers json not null,
        auth json not null,
        payload_format text not null,
        signing boolean not null,
        secrets json not null,
        status text not null,
        disabled_reason text,
        notification_type text not null,
        timeout_ms integer not null,
        created_at timestamptz not null,
        updated_at timestamptz not null,
        constraint webhooks_pkey primary key (id)
      );
      create unique index webhooks_account_name on subscription.webhooks (account_id, name);
      create index webhooks_account_id on subscription.webhooks (account_id, id);
      create index webhooks_account_channel_id on subscription.webhooks (account_id, channel_id, id);
    `);
  }

  async down(session: QueryRunner): Promise<void> {
    await session.query('drop table subscription.webhooks');
  }
}
