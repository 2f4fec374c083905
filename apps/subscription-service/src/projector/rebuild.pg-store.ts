import type { Transaction, UnitOfWork } from '#libs/persistence';
import { historyMigrations, KEPT_BY_REBUILD } from '../history-schema/index.js';

/** Counted from here, seconds fit into an integer for long. */
const FIRST_GENERATION_AT = Date.UTC(2026, 0, 1);

export class RebuildPgStore {
  constructor(private readonly unitOfWork: UnitOfWork) {}

  /**
   * Drops the tables of the history, whatever is left of them, and makes them anew, in one transaction. From then on nothing
   * is stored that was read for the former ones, and no projector is a member of the consumer group until `finish`.
   * @param now milliseconds since the epoch
   */
  async start(now: number): Promise<void> {
    // By the clock, as the table that holds the former one may have been dropped by hand.
    const generation = Math.floor((now - FIRST_GENERATION_AT) / 1000);
    await this.unitOfWork.run(async (transaction) => {
      await dropTables(transaction);
      for (const Migration of historyMigrations) if (!KEPT_BY_REBUILD.has(Migration)) await new Migration().up(transaction.queryRunner!);
      await transaction.query('update history.projection as p set generation = $1, resetting = true, rebuilt_at = clock_timestamp()', [
        generation,
      ]);
    });
  }

  /** Lets projectors read again, once their group has been set back. */
  async finish(): Promise<void> {
    await this.unitOfWork.run((transaction) => transaction.query('update history.projection as p set resetting = false'));
  }
}

async function dropTables(transaction: Transaction): Promise<void> {
  const [projection] = await transaction.query<{ present: boolean }[]>("select to_regclass('history.projection') is not null as present");
  // Waits for batches under way and holds off others, in the order in which these take their locks.
  if (projection?.present) await transaction.query('lock table history.projection in access exclusive mode');
  const tables = await transaction.query<{ name: string }[]>(
    `select c.relname as name from pg_class as c where c.relnamespace = to_regnamespace('history') and c.relkind in ('r', 'p')
        and not c.relispartition and c.relname <> all($1::text[])`,
    [['migrations', ...KEPT_BY_REBUILD.values()]],
  );
  for (const { name } of tables) await transaction.query(`drop table history."${name}" cascade`);
  await transaction.query('drop function if exists history.add_counts(integer[], integer[])');
}
