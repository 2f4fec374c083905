import type { UnitOfWork } from '#libs/persistence';
import { EventTypeUsageStore, type SubscriberGroup } from './event-type-usage.store.js';

export class EventTypeUsagePgStore extends EventTypeUsageStore {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    /** Of schema `history`. */
    private readonly history: UnitOfWork,
  ) {
    super();
  }

  override async subscribers(accountId: string): Promise<readonly SubscriberGroup[]> {
    return this.unitOfWork.read((manager) =>
      manager.query<SubscriberGroup[]>(
        'select w.events, count(*)::integer as webhooks from subscription.webhooks as w where w.account_id = $1 group by w.events',
        [accountId],
      ),
    );
  }

  override async volumes(accountId: string, firstDay: string): Promise<ReadonlyMap<string, number>> {
    const rows = await this.history.read((manager) =>
      manager.query<{ event_type: string; count: number }[]>(
        `select d.event_type, sum(d.events)::integer as count
           from history.event_type_days as d where d.account_id = $1 and d.day >= $2::date group by d.event_type`,
        [accountId, firstDay],
      ),
    );
    return new Map(rows.map(({ event_type: type, count }) => [type, count]));
  }
}
