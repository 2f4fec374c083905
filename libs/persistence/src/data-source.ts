import { DataSource, type DataSourceOptions, type EntitySchema, type MigrationInterface } from 'typeorm';

export interface DatabaseOptions {
  /** `postgres://` URL, credentials included. */
  readonly url: string;
  /** The service's own schema; its tables and its list of migrations live there. */
  readonly schema: string;
  /** Shown by the server in `pg_stat_activity`. */
  readonly applicationName: string;
  readonly entities?: readonly ((new () => object) | EntitySchema)[];
  readonly migrations?: readonly (new () => MigrationInterface)[];
  /** Connections this process may hold; 10 by default. */
  readonly poolSize?: number;
  /** Milliseconds a statement may run before it counts as `DATABASE_UNAVAILABLE`; 4 s by default. */
  readonly statementTimeoutMs?: number;
}

/** Milliseconds to get a connection: a caller waits no longer for the answer that the database is down. */
const CONNECT_TIMEOUT_MS = 2_000;
const STATEMENT_TIMEOUT_MS = 4_000;

/** A DataSource, not connected yet. The schema is never changed by TypeORM itself, only by migrations. */
export function createDataSource(options: DatabaseOptions): DataSource {
  const statementTimeout = options.statementTimeoutMs ?? STATEMENT_TIMEOUT_MS;
  return new DataSource({
    ...baseOptions(options),
    poolSize: options.poolSize ?? 10,
    extra: {
      keepAlive: true,
      statement_timeout: statementTimeout,
      // The server cannot report a timeout when it is frozen or unreachable; the client gives up a little later.
      query_timeout: statementTimeout + 500,
      // A client that dies between two statements must not hold its locks, and with them the outbox, for ever.
      idle_in_transaction_session_timeout: 30_000,
    },
  });
}

/** The same database over one session without time limits, for migrations. */
export function createMigrationSource(options: DatabaseOptions): DataSource {
  return new DataSource({ ...baseOptions(options), poolSize: 1, migrations: [...(options.migrations ?? [])] });
}

function baseOptions(options: DatabaseOptions) {
  return {
    type: 'postgres',
    url: options.url,
    schema: options.schema,
    applicationName: options.applicationName,
    entities: [...(options.entities ?? [])],
    migrationsTableName: 'migrations',
    synchronize: false,
    installExtensions: false,
    logging: false,
    connectTimeoutMS: CONNECT_TIMEOUT_MS,
  } satisfies DataSourceOptions;
}
