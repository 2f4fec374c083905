import { type DataSource, MigrationExecutor } from 'typeorm';
import { createMigrationSource, type DatabaseOptions } from './data-source.js';
import { databaseError } from './database-error.js';

/**
 * Brings the service's schema up to date, each migration in its own transaction. Several processes may call it at
 * once: an advisory lock lets one work while the others wait and then find nothing to do.
 * @returns the names of the migrations that ran here
 * @throws AppError `DATABASE_UNAVAILABLE`
 */
export async function migrate(options: DatabaseOptions): Promise<string[]> {
  return withLockedSession(options, async (source) => {
    await ensureSchema(source, options.schema);
    const done = await executorOf(source).executePendingMigrations();
    return done.map((migration) => migration.name);
  });
}

/** Takes back the last migration, or all of them. @returns the number of migrations taken back */
export async function migrateDown(options: DatabaseOptions, count: number | 'all' = 1): Promise<number> {
  return withLockedSession(options, async (source) => {
    const applied = await executorOf(source).getExecutedMigrations();
    const steps = count === 'all' ? applied.length : Math.min(count, applied.length);
    for (let step = 0; step < steps; step++) await executorOf(source).undoLastMigration();
    return steps;
  });
}

async function withLockedSession<T>(options: DatabaseOptions, work: (source: DataSource) => Promise<T>): Promise<T> {
  const source = createMigrationSource(options);
  try {
    await source.initialize();
    // The pool holds one connection, so this session runs everything below; its end gives the lock back, whatever happens.
    await source.query('select pg_advisory_lock(hashtextextended($1, 0))', [`${options.schema}.migrations`]);
    return await work(source);
  } catch (cause) {
    throw databaseError(cause);
  } finally {
    if (source.isInitialized) await source.destroy().catch(() => undefined);
  }
}

async function ensureSchema(source: DataSource, schema: string): Promise<void> {
  // `create schema if not exists` needs the right to create one even where it exists; a role may lack it.
  const [found] = await source.query<{ present: boolean }[]>('select to_regnamespace($1) is not null as present', [schema]);
  if (!found?.present) await source.query(`create schema "${schema}"`);
}

function executorOf(source: DataSource): MigrationExecutor {
  const executor = new MigrationExecutor(source);
  executor.transaction = 'each';
  return executor;
}
