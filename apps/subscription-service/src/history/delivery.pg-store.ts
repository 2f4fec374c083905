import type { UnitOfWork } from '#libs/persistence';
import { type DeliveryRow, idBound } from '../history-schema/index.js';
import { type DeliveryQuery, DeliveryStore, type FullDelivery, type WaitingDeliveries } from './delivery.store.js';

/** In the words of the index that holds them alone. */
const WAITING = `history.deliveries as d where d.account_id = $1 and d.state in ('pending', 'retrying')`;

export class DeliveryPgStore extends DeliveryStore {
  constructor(private readonly unitOfWork: UnitOfWork) {
    super();
  }

  override list(accountId: string, query: DeliveryQuery): Promise<DeliveryRow[]> {
    const { webhookId, eventId, state, from, to, before, limit } = query;
    const values: unknown[] = [];
    const given: readonly (readonly [string, unknown])[] = [
      ['d.account_id =', accountId],
      ['d.webhook_id =', webhookId],
      ['d.event_id =', eventId],
      ['d.state =', state],
      ['d.id >=', from === undefined ? undefined : idBound('dlv', from)],
      ['d.id <', to === undefined ? undefined : idBound('dlv', to)],
      ['d.id <', before],
    ];
    const conditions = given.filter(([, value]) => value !== undefined).map(([column, value]) => `${column} $${values.push(value)}`);
    return this.rows(
      `select d.* from history.deliveries as d where ${conditions.join(' and ')} order by d.id desc limit $${values.push(limit)}`,
      values,
    );
  }

  override async find(accountId: string, id: string): Promise<FullDelivery | undefined> {
    const [found] = await this.rows<FullDelivery>(
      `select d.*, e.source, e.event_time, e.redacted
         from history.deliveries as d left join history.events as e on e.key = d.event_key
        where d.id = $2 and d.account_id = $1`,
      [accountId, id],
    );
    return found;
  }

  override async waiting(accountId: string, most: number): Promise<WaitingDeliveries> {
    const [found] = await this.rows<{ count: number; oldest: Date | null }>(
      `select count(*)::integer as count, (select d.created_at from ${WAITING} order by d.id limit 1) as oldest
         from (select from ${WAITING} limit $2) as w`,
      [accountId, most],
    );
    return { count: found!.count, oldestAt: found!.oldest };
  }

  private rows<Row>(sql: string, values: unknown[]): Promise<Row[]> {
    return this.unitOfWork.read((manager) => manager.query<Row[]>(sql, values));
  }
}
