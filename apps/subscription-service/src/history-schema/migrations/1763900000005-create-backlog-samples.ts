import type { MigrationInterface, QueryRunner } from 'typeorm';

export class CreateBacklogSamples1763900000005 implements MigrationInterface {
  readonly name = 'CreateBacklogSamples1763900000005';

  async up(session: QueryRunner): Promise<void> {
    // Left by a rebuild: no record tells how many deliveries waited at a time, so nothing could bring it back.
    await session.query(`
      create table history.backlog_samples (
        -- '': all accounts together, there for each time at which anybody counted; an account without a row had nothing waiting then
        account_id text collate "C" not null,
        seconds integer not null,
        start timestamptz not null,
        -- the most of all counts within these seconds
        waiting integer not null,
        constraint backlog_samples_pkey primary key (account_id, seconds, start)
      );
      create index backlog_samples_start on history.backlog_samples (start);
    `);
  }

  async down(session: QueryRunner): Promise<void> {
    await session.query('drop table history.backlog_samples');
  }
}
