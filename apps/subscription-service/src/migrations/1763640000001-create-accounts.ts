import type { MigrationInterface, QueryRunner } from 'typeorm';

export class CreateAccounts1763640000001 implements MigrationInterface {
  readonly name = 'CreateAccounts1763640000001';

  async up(session: QueryRunner): Promise<void> {
    await session.query(`
      create table subscription.accounts (
        id text collate "C" not null,
        name text not null,
        owner_email text,
        roles text[] not null default '{}',
        created_at timestamptz not null default now(),
        updated_at timestamptz not null default now(),
        constraint accounts_pkey primary key (id)
      );
      insert into subscription.accounts (id, name) values ('default', 'Default');
    `);
  }

  async down(session: QueryRunner): Promise<void> {
    await session.query('drop table subscription.accounts');
  }
}
