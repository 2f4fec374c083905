import type { DueDatabase } from './due-database.js';
import type { Curve } from './slow-start.js';

/** What is done at once of what has to be done to all rows of a webhook. */
const CHUNK = 10_000;

/**
 * Statements over what waits for one webhook. Rows that are just being handed out are passed over, never waited for, and
 * each statement can be repeated.
 */
export class WebhookRows {
  constructor(private readonly database: DueDatabase) {}

  /** What waits is due now, parked rows as well, and in the order it was due before. */
  async release(webhookId: string): Promise<void> {
    await this.inChunks('webhook_id = $1 and (parked or due_at > now())', [webhookId]);
  }

  /** What waits for a time, of a webhook or one delivery of it, is due now. @returns how many these were */
  async expedite(webhookId: string, deliveryId: string | null): Promise<number> {
    if (deliveryId === null) return this.inChunks('webhook_id = $1 and not parked and due_at > now()', [webhookId]);
    return this.inChunks('webhook_id = $1 and not parked and due_at > now() and delivery_id = $3', [webhookId, deliveryId]);
  }

  /** All that waits for a webhook, parked rows as well, is spread over a curve that begins now. */
  async spread(webhookId: string, curve: Curve): Promise<void> {
    await this.spreadWhere('webhook_id = $1', webhookId, curve);
  }

  /** What of a webhook is overdue is spread over a curve that begins now. */
  async spreadOverdue(webhookId: string, curve: Curve): Promise<void> {
    await this.spreadWhere('webhook_id = $1 and not parked and due_at <= now()', webhookId, curve);
  }

  /** Moves rows that cannot be published away from the front. */
  async postpone(deliveryIds: readonly string[], seconds: number): Promise<void> {
    await this.database.run((transaction) =>
      transaction.query(`update delivery.due set due_at = now() + $2::float8 * interval '1 second' where delivery_id = any($1::text[])`, [
        deliveryIds,
        seconds,
      ]),
    );
  }

  /** Webhooks for which something waits, in the order of their ids. @param after `''`: from the first */
  async webhooks(after: string, limit: number): Promise<{ readonly id: string; readonly parked: boolean }[]> {
    // Jumps from id to id through the index: `distinct` would read every row.
    return this.database.bulk((transaction) =>
      transaction.query(
        `with recursive ids as (
           (select webhook_id from delivery.due where webhook_id > $1 order by webhook_id limit 1)
           union all
           select (select d.webhook_id from delivery.due d where d.webhook_id > ids.webhook_id order by d.webhook_id limit 1)
             from ids where ids.webhook_id is not null
         )
         select webhook_id as id, exists (select from delivery.due p where p.webhook_id = ids.webhook_id and p.parked) as parked
           from ids where webhook_id is not null limit $2`,
        [after, limit],
      ),
    );
  }

  private async inChunks(condition: string, [webhookId, ...rest]: readonly string[]): Promise<number> {
    for (let all = 0; ;) {
      const [chunk] = await this.database.bulk((transaction) =>
        transaction.query<{ moved: number }[]>(
          `with free as materialized (
             select delivery_id from delivery.due where ${condition} order by due_at limit $2 for update skip locked
           ), moved as (
             update delivery.due d set due_at = now(), parked = false from free where d.delivery_id = free.delivery_id returning 1
           )
           select count(*)::integer as moved from moved`,
          [webhookId, CHUNK, ...rest],
        ),
      );
      all += chunk!.moved;
      if (chunk!.moved < CHUNK) return all;
    }
  }

  // One statement for all rows, since each row's time depends on how many come before it.
  private async spreadWhere(condition: string, webhookId: string, { tau, k, knee, kneeAt, perSecond }: Curve): Promise<void> {
    await this.database.bulk((transaction) =>
      transaction.query(
        `with free as materialized (
           select delivery_id, due_at from delivery.due where ${condition} for update skip locked
         ), numbered as (
           select delivery_id, row_number() over (order by due_at, delivery_id)::float8 as n from free
         )
         update delivery.due d
            set parked = false,
                due_at = now() + interval '1 second' *
                         case when n.n <= $4::float8 then $2::float8 * ln(1 + n.n * $3::float8) / ln(2::float8)
                              else $5::float8 + (n.n - $4::float8) / $6::float8 end
           from numbered n
          where d.delivery_id = n.delivery_id`,
        [webhookId, tau, k, knee, kneeAt, perSecond],
      ),
    );
  }
}
