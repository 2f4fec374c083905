import type { UnitOfWork } from '#libs/persistence';
import { type DeliveryRow, headOf } from '../history-schema/index.js';
import { type EventQuery, EventStore, type FullEvent, type ListedEvent } from './event.store.js';

/** After every id and key that begins with what stands before it. */
const LAST = '~';

// The key of an event and the ids of its deliveries begin with the same time, which tells the partition. A delivery of
// which only attempts have been read so far has no key yet.
const OF_EVENT = `d.event_id = e.event_id and d.account_id = e.account_id and coalesce(d.event_key, e.key) = e.key
                  and d.id >= 'dlv_' || substr(e.key, 4, 10) and d.id < 'dlv_' || substr(e.key, 4, 10) || '${LAST}'`;
const COUNTED = `lateral (select count(distinct d.webhook_id)::integer as matched, least(min(d.created_at), e.unmatched_at) as received_at,
                                 coalesce(bool_and(d.test), false) as test,
                                 ${['pending', 'retrying', 'succeeded', 'failed', 'discarded']
                                   .map((state) => `(count(*) filter (where d.state = '${state}'))::integer as ${state}`)
                                   .join(', ')}
                            from history.deliveries as d where ${OF_EVENT}) as c`;
// Nearly every row of the index on the first condition satisfies the second: few are sent to a webhook later. A scalar query is
// asked for each row of a page; `not exists` may be planned as a join of all events with all deliveries.
const UNMATCHED = `e.unmatched_at is not null and (select d.id from history.deliveries as d where ${OF_EVENT} limit 1) is null`;
const LISTED = 'e.key, e.account_id, e.source, e.event_id, e.event_type, e.event_time, e.channel_id, e.unmatched_at';

export class EventPgStore extends EventStore {
  constructor(private readonly unitOfWork: UnitOfWork) {
    super();
  }

  override list(accountId: string, query: EventQuery): Promise<ListedEvent[]> {
    const { type, id, unmatched, from, to, before, limit } = query;
    const values: unknown[] = [];
    const given: readonly (readonly [string, unknown])[] = [
      ['e.account_id =', accountId],
      ['e.event_type =', type],
      ['e.event_id =', id],
      ['e.key >=', from === undefined ? undefined : `ev_${headOf(from)}`],
      ['e.key <', to === undefined ? undefined : `ev_${headOf(to)}`],
      ['e.key <', before],
    ];
    const conditions = given.filter(([, value]) => value !== undefined).map(([column, value]) => `${column} $${values.push(value)}`);
    if (unmatched) conditions.push(UNMATCHED);
    const page = `select ${LISTED} from history.events as e where ${conditions.join(' and ')} order by e.key desc limit $${values.push(limit)}`;
    return this.rows(`select ${LISTED}, c.* from (${page}) as e, ${COUNTED} order by e.key desc`, values);
  }

  override async find(accountId: string, id: string, source: string | undefined): Promise<FullEvent | undefined> {
    const ofSource = source === undefined ? '' : 'and e.source = $3';
    const newest = `select * from history.events as e where e.event_id = $2 and e.account_id = $1 ${ofSource} order by e.key desc limit 1`;
    const [found] = await this.rows<FullEvent>(`select e.*, c.* from (${newest}) as e, ${COUNTED}`, [
      ...[accountId, id],
      ...(source === undefined ? [] : [source]),
    ]);
    return found;
  }

  override deliveriesOf(event: FullEvent, limit: number): Promise<DeliveryRow[]> {
    return this.rows(
      `select d.* from history.events as e, history.deliveries as d where e.key = $1 and ${OF_EVENT} order by d.id limit $2`,
      [event.key, limit],
    );
  }

  private rows<Row>(sql: string, values: unknown[]): Promise<Row[]> {
    return this.unitOfWork.read((manager) => manager.query<Row[]>(sql, values));
  }
}
