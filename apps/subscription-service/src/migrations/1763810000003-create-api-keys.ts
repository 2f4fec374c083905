import type { MigrationInterface, QueryRunner } from 'typeorm';

export class CreateApiKeys1763810000003 implements MigrationInterface {
  readonly name = 'CreateApiKeys1763810000003';

  async up(session: QueryRunner): Promise<void> {
    await session.query(`
      create table subscription.api_keys (
        id text collate "C" not null,
        account_id text collate "C" not null,
        version integer not null,
        name text not null,
        scopes text[] not null,
        -- SHA-256 of the text of the key; the text itself is nowhere
        hash bytea not null,
        last4 text not null,
        -- the text before the last rotation, while both open
        previous_hash bytea,
        previous_valid_until timestamptz,
        expires_at timestamptz,
        last_used_at timestamptz,
        created_at timestamptz not null,
        updated_at timestamptz not null,
        constraint api_keys_pkey primary key (id),
        constraint api_keys_account foreign key (account_id) references subscription.accounts (id) on delete cascade
      );
      create index api_keys_account_id on subscription.api_keys (account_id, id);
    `);
  }

  async down(session: QueryRunner): Promise<void> {
    await session.query('drop table subscription.api_keys');
  }
}
