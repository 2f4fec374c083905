import type { MigrationInterface, QueryRunner } from 'typeorm';

export class CreateEventTypes1763840000002 implements MigrationInterface {
  readonly name = 'CreateEventTypes1763840000002';

  async up(session: QueryRunner): Promise<void> {
    await session.query(`
      create table subscription.event_type_versions (
        name text collate "C" not null,
        version integer not null check (version > 0),
        -- json, not jsonb: keeps the schema as it was written; null says that this version deleted the type
        definition json,
        actor text not null,
        created_at timestamptz not null,
        constraint event_type_versions_pkey primary key (name, version)
      );
      create table subscription.event_types (
        name text collate "C" not null,
        version integer not null,
        definition json not null,
        updated_at timestamptz not null,
        constraint event_types_pkey primary key (name)
      );
      -- One row. Whoever changes a type locks it, so that changes come one after the other and a reader that sees its number sees all up to it.
      create table subscription.event_type_revision (
        id integer not null check (id = 1),
        revision bigint not null,
        constraint event_type_revision_pkey primary key (id)
      );
      insert into subscription.event_type_revision (id, revision) values (1, 0);
    `);
  }

  async down(session: QueryRunner): Promise<void> {
    await session.query(`
      drop table subscription.event_type_revision;
      drop table subscription.event_types;
      drop table subscription.event_type_versions;
    `);
  }
}
