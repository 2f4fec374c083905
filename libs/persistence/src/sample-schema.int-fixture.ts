import type { MigrationInterface, QueryRunner } from 'typeorm';
import type { DatabaseOptions } from './data-source.js';

/** Tables as a service would declare them, for the specs of this folder. */
export const EVENTS = 'sample.events';
export const OUTBOX = 'sample.outbox';

class CreateEvents1700000000001 implements MigrationInterface {
  name = 'CreateEvents1700000000001';

  async up(session: QueryRunner): Promise<void> {
    await session.query(
      `create table ${EVENTS} (stream_id text not null, version integer not null, type text not null, data json not null,
        actor text not null, occurred_at timestamptz not null, primary key (stream_id, version))`,
    );
  }

  async down(session: QueryRunner): Promise<void> {
    await session.query(`drop table ${EVENTS}`);
  }
}

class CreateOutbox1700000000002 implements MigrationInterface {
  name = 'CreateOutbox1700000000002';

  async up(session: QueryRunner): Promise<void> {
    await session.query(
      `create table ${OUTBOX} (id bigint generated always as identity primary key, topic text not null, key text not null, value bytea, headers json not null)`,
    );
  }

  async down(session: QueryRunner): Promise<void> {
    await session.query(`drop table ${OUTBOX}`);
  }
}

export function sampleOptions(url: string, overrides: Partial<DatabaseOptions> = {}): DatabaseOptions {
  return {
    url,
    schema: 'sample',
    applicationName: 'sample',
    migrations: [CreateEvents1700000000001, CreateOutbox1700000000002],
    ...overrides,
  };
}
