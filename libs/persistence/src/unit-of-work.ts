import type { DataSource, EntityManager, QueryRunner } from 'typeorm';
import { AppError } from '#libs/kernel';
import { databaseError } from './database-error.js';

/**
 * Runs statements with the faults of the database named: what is the server's fault comes out as `DATABASE_UNAVAILABLE`.
 *
 * After such a fault the connection is destroyed, never returned to the pool. A statement that timed out here may still
 * be under way there, with its transaction open; the next user of that connection would commit it along with its own.
 */
export class UnitOfWork {
  constructor(private readonly source: DataSource) {}

  /** All of `work` in one transaction (read committed), or none of it. */
  async run<T>(work: (transaction: EntityManager) => Promise<T>): Promise<T> {
    return this.withSession(async (session) => {
      await session.startTransaction();
      const result = await work(session.manager);
      await session.commitTransaction();
      return result;
    });
  }

  /** Statements that need no transaction together. */
  async read<T>(work: (manager: EntityManager) => Promise<T>): Promise<T> {
    return this.withSession((session) => work(session.manager));
  }

  private async withSession<T>(work: (session: QueryRunner) => Promise<T>): Promise<T> {
    const session = this.source.createQueryRunner();
    let connection: Ending | undefined;
    try {
      connection = (await session.connect()) as Ending;
      return await work(session);
    } catch (cause) {
      const error = databaseError(cause);
      if (error instanceof AppError && error.code === 'DATABASE_UNAVAILABLE') destroy(connection);
      else if (session.isTransactionActive) await session.rollbackTransaction().catch(() => destroy(connection));
      throw error;
    } finally {
      await session.release();
    }
  }
}

/** What is needed of the driver's connection. */
interface Ending {
  end(): Promise<void>;
}

/** Ends a connection at once; the server rolls back what was open, and the pool drops it on release. */
function destroy(connection: Ending | undefined): void {
  // Not awaited: on a silent line the farewell is never answered.
  connection?.end().catch(() => undefined);
}
