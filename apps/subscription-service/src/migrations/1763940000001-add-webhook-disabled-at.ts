import type { MigrationInterface, QueryRunner } from 'typeorm';

export class AddWebhookDisabledAt1763940000001 implements MigrationInterface {
  readonly name = 'AddWebhookDisabledAt1763940000001';

  async up(session: QueryRunner): Promise<void> {
    // The last event that disabled it: by its creation only if no later one did.
    await session.query(`
      alter table subscription.webhooks add column disabled_at timestamptz;
      update subscription.webhooks as w
         set disabled_at = (select e.occurred_at from subscription.webhook_events as e
                             where e.stream_id = w.id and e.type in ('webhook.created', 'webhook.disabled')
                             order by e.version desc limit 1)
       where w.status = 'disabled';
    `);
  }

  async down(session: QueryRunner): Promise<void> {
    await session.query('alter table subscription.webhooks drop column disabled_at');
  }
}
