import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Deliveries are counted beside their attempts, and those that wait are found without looking at the others. */
export class CountDeliveries1763900000004 implements MigrationInterface {
  readonly name = 'CountDeliveries1763900000004';

  async up(session: QueryRunner): Promise<void> {
    await session.query(`
      -- attempts that were the first of their delivery; 0 for what was counted before there was this column, until a rebuild
      alter table history.stat_buckets add column deliveries integer not null default 0;
      create index deliveries_waiting on history.deliveries (account_id, id) where state in ('pending', 'retrying');
    `);
  }

  async down(session: QueryRunner): Promise<void> {
    await session.query('drop index history.deliveries_waiting; alter table history.stat_buckets drop column deliveries');
  }
}
