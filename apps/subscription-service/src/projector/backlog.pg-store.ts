import type { UnitOfWork } from '#libs/persistence';
import { BUCKET_SECONDS } from '../history-schema/index.js';

/** For how long after a rebuild the history is taken to be incomplete, whatever the lag says. */
const REBUILT = '1 minute';

/** How many deliveries waited, by time. */
export class BacklogPgStore {
  constructor(private readonly unitOfWork: UnitOfWork) {}

  /** Counts what waits now, by account, and keeps the most of the minute and the hour. @param now milliseconds since the epoch */
  async sample(now: number): Promise<void> {
    await this.unitOfWork.run((transaction) =>
      transaction.query(
        `insert into history.backlog_samples as b (account_id, seconds, start, waiting)
         select coalesce(w.account_id, ''), s.seconds, date_bin(make_interval(secs => s.seconds), $1, timestamptz 'epoch') as start, w.waiting
           from (select d.account_id, count(*)::integer as waiting
                   from history.deliveries as d where d.state in ('pending', 'retrying') group by grouping sets ((d.account_id), ())) as w,
                unnest($2::integer[]) as s (seconds)
          where not exists (select from history.projection as p where p.resetting or p.rebuilt_at > clock_timestamp() - interval '${REBUILT}')
          order by 1, 2
             on conflict (account_id, seconds, start) do update set waiting = greatest(b.waiting, excluded.waiting)`,
        [new Date(now), BUCKET_SECONDS],
      ),
    );
  }
}
