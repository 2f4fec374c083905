import type { Transaction, UnitOfWork } from '#libs/persistence';
import { DAY_MS, DAY_TABLES, type DayTable, dayOf, partitionDay, partitionName } from './partition-days.js';

/** Days that have a partition before they begin. */
const DAYS_AHEAD = 3;
/** For how long the backlog of each minute is kept; that of each hour is kept like all statistics. */
const BACKLOG_MINUTES_MS = 2 * DAY_MS;

/** Makes and drops the partitions of days. Several instances may do so at once: an advisory lock lets one work. */
export class PartitionsPgStore {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly retentionDays: number,
  ) {}

  /**
   * Each day from the first that is kept to some days ahead has its partitions afterwards, and no earlier one has.
   * @param now milliseconds since the epoch
   */
  async keep(now: number): Promise<{ made: string[]; dropped: string[] }> {
    const first = dayOf(now) - this.retentionDays * DAY_MS;
    const made: string[] = [];
    const dropped: string[] = [];
    for (const table of DAY_TABLES) {
      const missing = await this.missing(table, first, dayOf(now) + DAYS_AHEAD * DAY_MS);
      // One by one: each takes a lock for which everybody who writes has to wait.
      for (const day of missing)
        if (await this.locked((transaction) => make(transaction, table, day))) made.push(partitionName(table.table, day));
      for (const day of (await this.days(table)).filter((day) => day < first)) {
        const name = partitionName(table.table, day);
        await this.locked((transaction) => transaction.query(`drop table if exists history.${name}`));
        dropped.push(name);
      }
    }
    await this.sweep(first, now);
    return { made, dropped };
  }

  private async missing(table: DayTable, first: number, last: number): Promise<number[]> {
    const present = new Set(await this.days(table));
    const wanted = Array.from({ length: (last - first) / DAY_MS + 1 }, (_, i) => first + i * DAY_MS);
    return wanted.filter((day) => !present.has(day));
  }

  private async days({ table }: DayTable): Promise<number[]> {
    const rows = await this.unitOfWork.read<{ name: string }[]>((manager) =>
      manager.query(
        `select c.relname as name from pg_inherits as i join pg_class as c on c.oid = i.inhrelid
          where i.inhparent = to_regclass('history.' || $1)`,
        [table],
      ),
    );
    return rows.flatMap(({ name }) => partitionDay(table, name) ?? []);
  }

  /** What lies outside of the days with a partition, or in a table without days, goes by when it happened. */
  private async sweep(first: number, now: number): Promise<void> {
    const before = new Date(first).toISOString();
    await this.locked(async (transaction) => {
      await transaction.query('delete from history.attempts_other as a where a.attempted_at < $1', [before]);
      await transaction.query('delete from history.deliveries_other as d where d.created_at < $1', [before]);
      await transaction.query('delete from history.stat_buckets_other as s where s.start < $1', [before]);
      await transaction.query('delete from history.backlog_samples as b where b.start < $1 or (b.seconds = 60 and b.start < $2)', [
        before,
        new Date(now - BACKLOG_MINUTES_MS).toISOString(),
      ]);
      await transaction.query('delete from history.event_type_days as c where c.day < $1::date', [before]);
      await transaction.query(
        `delete from history.events_other as e
          where coalesce(e.unmatched_at < $1, true)
            and not exists (select from history.deliveries as d where d.event_id = e.event_id and d.event_key = e.key)`,
        [before],
      );
      await transaction.query(
        `delete from history.bodies_other as b
          where not exists (select from history.attempts as a where a.event_id = b.event_id and a.body_key = b.key)`,
      );
    });
  }

  private locked<T>(work: (transaction: Transaction) => Promise<T>): Promise<T> {
    return this.unitOfWork.run(async (transaction) => {
      await transaction.query("select pg_advisory_xact_lock(hashtextextended('history.partitions', 0))");
      return work(transaction);
    });
  }
}

/** @returns whether it was missing */
async function make(transaction: Transaction, { table, key, bound, storage }: DayTable, day: number): Promise<boolean> {
  const name = partitionName(table, day);
  const [found] = await transaction.query<{ present: boolean }[]>("select to_regclass('history.' || $1) is not null as present", [name]);
  if (found?.present) return false;
  const [from, to] = [bound(day), bound(day + DAY_MS)];
  // Rows of that day may be in the default partition; they have to be out of it when this one takes its place.
  await transaction.query(`lock table history.${table} in access exclusive mode`);
  await transaction.query(
    `create table history.${name} (like history.${table} including defaults including generated including storage)${storage}`,
  );
  const columns = await transaction.query<{ name: string }[]>(
    `select a.attname as name from pg_attribute as a
      where a.attrelid = $1::regclass and a.attnum > 0 and not a.attisdropped and a.attgenerated = ''`,
    [`history.${table}`],
  );
  const names = columns.map((column) => `"${column.name}"`).join(', ');
  await transaction.query(
    `with moved as (delete from history.${table}_other where ${key} >= $1 and ${key} < $2 returning ${names})
     insert into history.${name} (${names}) select ${names} from moved`,
    [from, to],
  );
  // Bounds are made from a time and letters of our own; a bound cannot be a parameter.
  await transaction.query(`alter table history.${table} attach partition history.${name} for values from ('${from}') to ('${to}')`);
  return true;
}
