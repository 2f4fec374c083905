import type { MigrationInterface, QueryRunner } from 'typeorm';

export class AddMailEvents1763930000001 implements MigrationInterface {
  readonly name = 'AddMailEvents1763930000001';

  async up(session: QueryRunner): Promise<void> {
    // The events that a mail tells of, so that it can go with them.
    await session.query(`alter table notifications.mails add column event_ids text[] not null default '{}'`);
  }

  async down(session: QueryRunner): Promise<void> {
    await session.query('alter table notifications.mails drop column event_ids');
  }
}
