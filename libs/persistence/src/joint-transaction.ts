import type { DataSource, EntityManager, QueryRunner } from 'typeorm';
import { AppError } from '#libs/kernel';
import { databaseError } from './database-error.js';

/** What is needed of the driver's connection. */
export interface Ending {
  end(): Promise<void>;
}

/** Ends a connection at once; the server rolls back what was open, and the pool drops it on release. */
export function destroy(connection: Ending | undefined): void {
  // Not awaited: on a silent line the farewell is never answered.
  connection?.end().catch(() => undefined);
}

/** Whether the state of a connection is unknown after this fault. */
export function breaksConnection(error: unknown): boolean {
  return error instanceof AppError && error.code === 'DATABASE_UNAVAILABLE';
}

/**
 * One transaction that several units of work share. It takes a connection when the first of them begins, so that what
 * comes before, such as a look-up over the network, holds none. Units run one after the other, each under a savepoint:
 * one that fails takes back its own statements only and may be tried again.
 */
export class JointTransaction {
  private session: QueryRunner | undefined;
  private connection: Ending | undefined;
  private previous: Promise<unknown> = Promise.resolve();
  private broken: Error | undefined;
  private readonly afterwards: (() => void)[] = [];
  /** False once it is committed or rolled back: work that was left running in the background goes on for itself. */
  open = true;

  constructor(private readonly source: DataSource) {}

  /** Whether a unit has begun, so that reads must see what it wrote. */
  get begun(): boolean {
    return this.session !== undefined;
  }

  unit<T>(work: (transaction: EntityManager) => Promise<T>): Promise<T> {
    return this.inTurn(() => this.nestedUnit(work));
  }

  /** A unit inside of a unit: it has its turn already. */
  async nestedUnit<T>(work: (transaction: EntityManager) => Promise<T>): Promise<T> {
    const session = await this.begin();
    await this.query('savepoint unit');
    let result: T;
    try {
      result = await work(session.manager);
    } catch (cause) {
      const error = databaseError(cause);
      if (breaksConnection(error)) this.broken = error as Error;
      else await this.query('rollback to savepoint unit');
      throw error;
    }
    await this.query('release savepoint unit');
    return result;
  }

  /** A read that sees what the units wrote. */
  read<T>(work: (manager: EntityManager) => Promise<T>): Promise<T> {
    return this.inTurn(async () => work((await this.begin()).manager));
  }

  afterCommit(action: () => void): void {
    this.afterwards.push(action);
  }

  /** Adds the last statements and commits all, or nothing. */
  async commit(last: (transaction: EntityManager) => Promise<void>): Promise<void> {
    await this.unit(last);
    this.open = false;
    await this.query('commit');
    await this.release();
    for (const action of this.afterwards) action();
  }

  /** Takes everything back that was not committed. */
  async abandon(): Promise<void> {
    this.open = false;
    await this.previous.catch(() => undefined);
    if (!this.session) return;
    if (this.broken === undefined) await this.query('rollback').catch(() => undefined);
    if (this.broken !== undefined) destroy(this.connection);
    await this.release();
  }

  private inTurn<T>(work: () => Promise<T>): Promise<T> {
    const turn = this.previous.then(work, work);
    this.previous = turn.catch(() => undefined);
    return turn;
  }

  private async begin(): Promise<QueryRunner> {
    if (this.broken !== undefined) throw this.broken;
    if (this.session) return this.session;
    const session = this.source.createQueryRunner();
    this.session = session;
    try {
      this.connection = (await session.connect()) as Ending;
    } catch (cause) {
      this.broken = databaseError(cause) as Error;
      throw this.broken;
    }
    await this.query('begin');
    return session;
  }

  private async query(sql: string): Promise<void> {
    try {
      await this.session!.query(sql);
    } catch (cause) {
      this.broken = databaseError(cause) as Error;
      throw this.broken;
    }
  }

  private async release(): Promise<void> {
    const session = this.session;
    this.session = undefined;
    await session?.release();
  }
}
