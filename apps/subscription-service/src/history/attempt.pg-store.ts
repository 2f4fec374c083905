import type { UnitOfWork } from '#libs/persistence';
import { attemptConditions, isContradiction } from './attempt-conditions.js';
import { type AttemptQuery, type AttemptScope, AttemptStore, type FullAttempt, type ListedAttempt } from './attempt.store.js';

const LISTED = `a.id, a.delivery_id, a.webhook_id, a.channel_id, a.event_id, a.event_type, a.attempt, a.trigger, a.status, a.status_code,
                a.error_class, a.attempted_at, a.next_attempt_at, a.duration_ms`;

export class AttemptPgStore extends AttemptStore {
  constructor(private readonly unitOfWork: UnitOfWork) {
    super();
  }

  override async list(accountId: string, query: AttemptQuery): Promise<ListedAttempt[]> {
    if (isContradiction(query)) return [];
    const values: unknown[] = [];
    const conditions = attemptConditions(accountId, query, (value) => `$${values.push(value)}`);
    const limit = `$${values.push(query.limit)}`;
    return this.rows(
      `select ${LISTED} from history.attempts as a where ${conditions.join(' and ')} order by a.id desc limit ${limit}`,
      values,
    );
  }

  override async find(accountId: string, id: string): Promise<FullAttempt | undefined> {
    const [found] = await this.rows<FullAttempt>(
      `select a.*, (select b.body from history.bodies as b where b.key = a.body_key) as body
         from history.attempts as a where a.id = $2 and a.account_id = $1`,
      [accountId, id],
    );
    return found;
  }

  override async ofDelivery(
    accountId: string,
    { id, eventId, webhookId }: { readonly id: string; readonly eventId: string; readonly webhookId: string },
    limit: number,
  ): Promise<ListedAttempt[]> {
    const rows = await this.rows<ListedAttempt>(
      `select ${LISTED} from history.attempts as a
        where a.account_id = $1 and a.event_id = $2 and a.webhook_id = $3 and a.delivery_id = $4 order by a.id desc limit $5`,
      [accountId, eventId, webhookId, id, limit],
    );
    return rows.reverse();
  }

  override async ofEvent(accountId: string, eventId: string, limit: number): Promise<ListedAttempt[]> {
    const rows = await this.rows<ListedAttempt>(
      `select ${LISTED} from history.attempts as a where a.account_id = $1 and a.event_id = $2 order by a.id desc limit $3`,
      [accountId, eventId, limit],
    );
    return rows.reverse();
  }

  override async idsAfter({ accountId, webhookId }: AttemptScope, id: string, limit: number): Promise<string[]> {
    const ofWebhook = webhookId === undefined ? '' : 'and a.webhook_id = $4';
    const rows = await this.rows<{ id: string }>(
      `select a.id from history.attempts as a where a.account_id = $1 and a.id > $2 ${ofWebhook} order by a.id desc limit $3`,
      [accountId, id, limit, ...(webhookId === undefined ? [] : [webhookId])],
    );
    return rows.map((row) => row.id).reverse();
  }

  override byIds(accountId: string, ids: readonly string[]): Promise<ListedAttempt[]> {
    return this.rows(`select ${LISTED} from history.attempts as a where a.id = any($2::text[]) and a.account_id = $1 order by a.id`, [
      accountId,
      ids,
    ]);
  }

  private rows<Row>(sql: string, values: unknown[]): Promise<Row[]> {
    return this.unitOfWork.read((manager) => manager.query<Row[]>(sql, values));
  }
}
