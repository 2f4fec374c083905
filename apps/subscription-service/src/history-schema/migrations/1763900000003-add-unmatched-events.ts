import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Events that no webhook wanted are events like the others, but that they know when that was. */
export class AddUnmatchedEvents1763900000003 implements MigrationInterface {
  readonly name = 'AddUnmatchedEvents1763900000003';

  async up(session: QueryRunner): Promise<void> {
    await session.query(`
      -- null: nobody has said so; one that was published or sent again may have deliveries all the same
      alter table history.events add column unmatched_at timestamptz;
      create index events_unmatched on history.events (account_id, key) where unmatched_at is not null;
    `);
  }

  async down(session: QueryRunner): Promise<void> {
    await session.query('drop index history.events_unmatched; alter table history.events drop column unmatched_at');
  }
}
