import type { MigrationInterface, QueryRunner } from 'typeorm';

export class AddLetterSubjects1763930000011 implements MigrationInterface {
  readonly name = 'AddLetterSubjects1763930000011';

  async up(session: QueryRunner): Promise<void> {
    await session.query(`
      alter table operations.dead_letters
        -- of whom the record tells; null where that cannot be told
        add column account_id text,
        add column webhook_id text,
        add column event_id text;
      create index dead_letters_account on operations.dead_letters (account_id, event_id) where account_id is not null;

      -- what was expunged: a letter that tells of it and is read later, or again, is not kept
      create table operations.forgotten (
        account_id text not null,
        kind text not null,
        -- the id of the event, the webhook or the account
        subject text not null,
        forgotten_at timestamptz not null,
        constraint forgotten_pkey primary key (account_id, kind, subject)
      );
    `);
  }

  async down(session: QueryRunner): Promise<void> {
    await session.query(`
      drop table operations.forgotten;
      alter table operations.dead_letters drop column account_id, drop column webhook_id, drop column event_id;
    `);
  }
}
