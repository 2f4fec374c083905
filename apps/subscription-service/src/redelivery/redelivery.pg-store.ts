import type { Transaction, UnitOfWork } from '#libs/persistence';
import { insertItems } from './redelivery-items.pg-store.js';
import type { RedeliveryItem } from './redelivery-items.js';
import { heldOf, redeliveryOf, type RedeliveryRow } from './redelivery-rows.js';
import type { Redelivery, RedeliveryResults } from './redelivery.js';
import { type HeldRedelivery, type RedeliveryQuery, RedeliveryStore } from './redelivery.store.js';

export class RedeliveryPgStore extends RedeliveryStore {
  constructor(private readonly unitOfWork: UnitOfWork) {
    super();
  }

  override async add(redelivery: Redelivery, items: readonly RedeliveryItem[] = []): Promise<void> {
    const { id, accountId, kind, webhookId, eventId, selection, status, count, createdAt, createdBy, startedAt } = redelivery;
    await this.unitOfWork.run(async (transaction) => {
      await transaction.query(
        `insert into subscription.redeliveries (id, account_id, kind, webhook_id, event_id, selection, status, count, created_at, created_by, started_at)
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)`,
        [id, accountId, kind, webhookId, eventId, selection && JSON.stringify(selection), status, count, createdAt, createdBy, startedAt],
      );
      await insertItems(transaction, id, items);
    });
  }

  override async find(accountId: string, id: string): Promise<Redelivery | undefined> {
    const [row] = await this.query<RedeliveryRow>('select * from subscription.redeliveries where id = $2 and account_id = $1', [
      accountId,
      id,
    ]);
    return row && redeliveryOf(row);
  }

  override async results(id: string): Promise<RedeliveryResults> {
    const [row] = await this.query<{ succeeded: number; failed: number }>(
      `select count(*) filter (where d.state = 'succeeded')::integer as succeeded,
              count(*) filter (where d.state in ('failed', 'discarded'))::integer as failed
         from subscription.redelivery_items i join history.deliveries d on d.id = i.delivery_id
        where i.redelivery_id = $1 and i.state = 'sent' and (d.attempts >= i.attempt or d.redelivery_attempt >= i.attempt)`,
      [id],
    );
    return row!;
  }

  override async list(accountId: string, { webhookId, status, before, limit }: RedeliveryQuery): Promise<Redelivery[]> {
    const rows = await this.query<RedeliveryRow>(
      `select * from subscription.redeliveries
        where account_id = $1 and ($2::text is null or webhook_id = $2) and ($3::text is null or status = $3) and ($4::text is null or id < $4)
        order by id desc limit $5`,
      [accountId, webhookId, status, before, limit],
    );
    return rows.map(redeliveryOf);
  }

  override async end(id: string, status: 'completed' | 'cancelled' | 'failed', problem: string | null): Promise<Redelivery | undefined> {
    return this.unitOfWork.run(async (transaction) => {
      const [row] = await updated(
        transaction,
        `update subscription.redeliveries set status = $2, problem = $3, completed_at = now(), holder = null, held_until = null
          where id = $1 and status in ('preparing', 'running') returning *`,
        [id, status, problem],
      );
      // Payloads do not outlive what they were kept for.
      if (row) await transaction.query('delete from subscription.redelivery_events where redelivery_id = $1', [id]);
      return row && redeliveryOf(row);
    });
  }

  override async hold(holder: string, leaseMs: number, limit: number): Promise<HeldRedelivery[]> {
    const rows = await this.unitOfWork.read((manager) =>
      updated(
        manager,
        `update subscription.redeliveries set holder = $1, held_until = now() + $2 * interval '1 millisecond'
          where id in (select id from subscription.redeliveries
                        where status in ('preparing', 'running') and (holder is null or holder = $1 or held_until < now())
                        order by id limit $3 for update skip locked)
         returning *`,
        [holder, leaseMs, limit],
      ),
    );
    return rows.map(heldOf).sort((a, b) => (a.id < b.id ? -1 : 1));
  }

  override async release(holder: string): Promise<void> {
    await this.query('update subscription.redeliveries set holder = null, held_until = null where holder = $1', [holder]);
  }

  override async start(id: string): Promise<void> {
    await this.query(
      `update subscription.redeliveries set status = 'running', started_at = coalesce(started_at, now()) where id = $1 and status = 'preparing'`,
      [id],
    );
  }

  override async obstacle(id: string, problem: string | null): Promise<void> {
    await this.query('update subscription.redeliveries set problem = $2 where id = $1 and problem is distinct from $2', [id, problem]);
  }

  override async forgetEnded(days: number): Promise<void> {
    await this.unitOfWork.run(async (transaction) => {
      const ended = `select id from subscription.redeliveries where completed_at < now() - $1 * interval '1 day' order by id limit 100`;
      await transaction.query(`delete from subscription.redelivery_items where redelivery_id in (${ended})`, [days]);
      await transaction.query(`delete from subscription.redeliveries where id in (${ended})`, [days]);
    });
  }

  private query<T>(sql: string, parameters: readonly unknown[]): Promise<T[]> {
    return this.unitOfWork.read((manager) => manager.query<T[]>(sql, [...parameters]));
  }
}

/** The driver answers an update with its rows and their number. */
async function updated(manager: Transaction, sql: string, parameters: unknown[]): Promise<RedeliveryRow[]> {
  const [rows] = await manager.query<[RedeliveryRow[], number]>(sql, parameters);
  return rows;
}
