import type { MigrationInterface, QueryRunner } from 'typeorm';

export class CreateDeadLetters1763910000011 implements MigrationInterface {
  readonly name = 'CreateDeadLetters1763910000011';

  async up(session: QueryRunner): Promise<void> {
    await session.query(`
      create table operations.dead_letters (
        -- made from where the record lies on the topic of dead letters, so that one that is read again is there once
        id text collate "C" not null,
        received_at timestamptz not null,
        -- null where a record on the topic does not say it
        topic text,
        partition integer,
        record_offset text,
        reason text not null,
        key bytea,
        value bytea,
        -- JSON: a list of [name, value as base64], in their order
        headers text not null,
        value_omitted boolean not null,
        republished_at timestamptz,
        republished_by text,
        constraint dead_letters_pkey primary key (id)
      );
      create index dead_letters_reason on operations.dead_letters (reason, id);
      create index dead_letters_topic on operations.dead_letters (topic, id);
      create index dead_letters_open on operations.dead_letters (id) where republished_at is null;
    `);
  }

  async down(session: QueryRunner): Promise<void> {
    await session.query('drop table operations.dead_letters');
  }
}
