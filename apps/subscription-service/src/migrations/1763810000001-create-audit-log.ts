import type { MigrationInterface, QueryRunner } from 'typeorm';

export class CreateAuditLog1763810000001 implements MigrationInterface {
  readonly name = 'CreateAuditLog1763810000001';

  async up(session: QueryRunner): Promise<void> {
    await session.query(`
      create table subscription.audit_log (
        id text collate "C" not null,
        occurred_at timestamptz not null,
        actor text not null,
        account_id text,
        action text not null,
        subject text,
        before json,
        after json,
        remote_address text,
        request_id text,
        constraint audit_log_pkey primary key (id)
      );
      create index audit_log_account_id on subscription.audit_log (account_id, id);
      create index audit_log_action on subscription.audit_log (action, id);
      create index audit_log_actor on subscription.audit_log (actor, id);

      create function subscription.refuse_change() returns trigger language plpgsql as $$
        begin
          raise exception '%.% is append-only', tg_table_schema, tg_table_name;
        end
      $$;
      create trigger audit_log_append_only before update or delete or truncate on subscription.audit_log
        for each statement execute function subscription.refuse_change();
    `);
  }

  async down(session: QueryRunner): Promise<void> {
    await session.query(`
      drop table subscription.audit_log;
      drop function subscription.refuse_change();
    `);
  }
}
