import type { UnitOfWork } from '#libs/persistence';
import { BUCKET_SECONDS } from '../history-schema/index.js';

/** For how long after a rebuild the history is taken to be incomplete, whatever the lag says. */
const REBUILT = '1 minute';
/** For how long the backlog of each minute is kept; that of each hour is kept like all statistics. */
const MINUTES_KEPT = '2 days';

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

  /** @param first the earliest time that is kept; milliseconds since the epoch, as `now` */
  async forget(first: number, now: number): Promise<void> {
    await this.unitOfWork.run((transaction) =>
      transaction.query(
        `delete from history.backlog_samples as b where b.start < $1 or (b.seconds = 60 and b.start < $2::timestamptz - interval '${MINUTES_KEPT}')`,
        [new Date(first), new Date(now)],
      ),
    );
  }
}
