import { setTimeout as sleep } from 'node:timers/promises';
import { AppError, type Secret } from '#libs/kernel';
import type { LogFunction } from '#libs/messaging';
import { createDataSource, type DatabaseOptions, migrate, type Transaction, UnitOfWork } from '#libs/persistence';
import { migrations } from '../migrations/index.js';

const FIRST_DELAY_MS = 250;
const MAX_DELAY_MS = 5000;
/** For statements over all that waits for one webhook: they touch a hundred thousand rows a second or two. */
const BULK_TIMEOUT_MS = 300_000;

export function dueDatabaseOptions(url: Secret): DatabaseOptions {
  return { url: url.reveal(), schema: 'delivery', applicationName: 'delivery-service', migrations };
}

/**
 * The way to Postgres, made in the background: first attempts must go on while the database is away, at the start as
 * well. Until it is there, everything asked of it fails with the retryable `DATABASE_UNAVAILABLE`.
 */
export class DueDatabase {
  private readonly stopping = new AbortController();
  private readonly options: DatabaseOptions;
  private opening: Promise<void> | undefined;
  private closed: Promise<void> | undefined;
  private sources: ReturnType<typeof createDataSource>[] = [];
  private statements: UnitOfWork | undefined;
  private bulkStatements: UnitOfWork | undefined;
  private lastFault: string | undefined = 'not connected yet';

  constructor(
    url: Secret,
    private readonly log: LogFunction,
  ) {
    this.options = dueDatabaseOptions(url);
  }

  /** Begins to connect, and goes on until it is connected or closed. */
  open(): void {
    this.opening ??= this.connect();
  }

  /** What keeps the database from answering; undefined when nothing did the last time it was asked. */
  get fault(): string | undefined {
    return this.lastFault;
  }

  /** All of `work` in one transaction. @throws AppError `DATABASE_UNAVAILABLE` */
  run<T>(work: (transaction: Transaction) => Promise<T>): Promise<T> {
    return this.told(async () => this.connected(this.statements).run(work));
  }

  /** Statements that need no transaction together. @throws AppError `DATABASE_UNAVAILABLE` */
  read<T>(work: (transaction: Transaction) => Promise<T>): Promise<T> {
    return this.told(async () => this.connected(this.statements).read(work));
  }

  /** Like `read`, for statements that may take minutes. @throws AppError `DATABASE_UNAVAILABLE` */
  bulk<T>(work: (transaction: Transaction) => Promise<T>): Promise<T> {
    return this.told(async () => this.connected(this.bulkStatements).read(work));
  }

  close(): Promise<void> {
    this.closed ??= (async () => {
      this.stopping.abort();
      await this.opening;
      this.statements = this.bulkStatements = undefined;
      await Promise.all(this.sources.splice(0).map((source) => source.destroy().catch(() => undefined)));
    })();
    return this.closed;
  }

  private connected(unit: UnitOfWork | undefined): UnitOfWork {
    if (!unit) throw new AppError('DATABASE_UNAVAILABLE', 'the due table is not connected', { retryAfterSeconds: 1 });
    return unit;
  }

  private async told<T>(ask: () => Promise<T>): Promise<T> {
    try {
      const answer = await ask();
      this.lastFault = undefined;
      return answer;
    } catch (error) {
      if (error instanceof AppError && error.code === 'DATABASE_UNAVAILABLE') this.lastFault = faultOf(error);
      throw error;
    }
  }

  private async connect(): Promise<void> {
    for (let wait = FIRST_DELAY_MS; !this.stopping.signal.aborted; wait = Math.min(wait * 2, MAX_DELAY_MS)) {
      try {
        return await this.connectOnce();
      } catch (error) {
        this.lastFault = faultOf(error);
        this.log('warn', 'due.database-away', { retryInMs: wait, error });
        await sleep(wait, undefined, { signal: this.stopping.signal }).catch(() => undefined);
      }
    }
  }

  private async connectOnce(): Promise<void> {
    await migrate(this.options);
    const sources = [
      createDataSource({ ...this.options, poolSize: 6 }),
      createDataSource({ ...this.options, poolSize: 2, statementTimeoutMs: BULK_TIMEOUT_MS }),
    ] as const;
    for (const source of sources) {
      await source.initialize();
      this.sources.push(source);
    }
    [this.statements, this.bulkStatements] = [new UnitOfWork(sources[0]), new UnitOfWork(sources[1])];
    this.lastFault = undefined;
    this.log('info', 'due.database-connected', {});
  }
}

function faultOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
