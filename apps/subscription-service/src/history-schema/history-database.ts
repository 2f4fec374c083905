import type { Secret } from '#libs/kernel';
import type { DatabaseOptions } from '#libs/persistence';
import { historyMigrations } from './migrations/index.js';

/** The schema of the history read model, with its own list of migrations. Whoever reads or writes it may migrate it first. */
export function historyDatabaseOptions(url: Secret, applicationName: string): DatabaseOptions {
  return { url: url.reveal(), schema: 'history', applicationName, migrations: historyMigrations };
}
