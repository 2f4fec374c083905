import type { MigrationInterface, QueryRunner } from 'typeorm';

export class CreateWebhookEvents1763640000002 implements MigrationInterface {
  readonly name = 'CreateWebhookEvents1763640000002';

  async up(session: QueryRunner): Promise<void> {
    await session.query(`
      create table subscription.webhook_events (
        stream_id text collate "C" not null,
        version integer not null check (version > 0),
        type text not null,
        -- json, not jsonb: keeps what was written as it was written, the order of headers included
        data json not null,
        actor text not null,
        occurred_at timestamptz not null,
        constraint webhook_events_pkey primary key (stream_id, version)
      );
    `);
  }

  async down(session: QueryRunner): Promise<void> {
    await session.query('drop table subscription.webhook_events');
  }
}
