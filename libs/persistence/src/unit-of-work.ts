import { AsyncLocalStorage } from 'node:async_hooks';
import type { DataSource, EntityManager, QueryRunner } from 'typeorm';
import { databaseError } from './database-error.js';
import { breaksConnection, destroy, type Ending, JointTransaction } from './joint-transaction.js';

interface Place {
  readonly joint: JointTransaction;
  /** Whether the caller is itself a unit of the joint transaction. */
  readonly inside: boolean;
}

/**
 * Runs statements with the faults of the database named: what is the server's fault comes out as `DATABASE_UNAVAILABLE`.
 *
 * After such a fault the connection is destroyed, never returned to the pool. A statement that timed out here may still
 * be under way there, with its transaction open; the next user of that connection would commit it along with its own.
 */
export class UnitOfWork {
  private readonly place = new AsyncLocalStorage<Place>();

  constructor(private readonly source: DataSource) {}

  /** All of `work` in one transaction (read committed), or none of it. Inside of `together`: a part of its transaction. */
  async run<T>(work: (transaction: EntityManager) => Promise<T>): Promise<T> {
    const place = this.joined();
    if (place) {
      const unit = (transaction: EntityManager) => this.place.run({ joint: place.joint, inside: true }, () => work(transaction));
      return place.inside ? place.joint.nestedUnit(unit) : place.joint.unit(unit);
    }
    return this.withSession(async (session) => {
      await session.startTransaction();
      const result = await work(session.manager);
      await session.commitTransaction();
      return result;
    });
  }

  /** Statements that need no transaction together. */
  async read<T>(work: (manager: EntityManager) => Promise<T>): Promise<T> {
    const place = this.joined();
    if (place?.joint.begun && !place.inside) return place.joint.read(work);
    return this.withSession((session) => work(session.manager));
  }

  /**
   * Runs `work`, whose units of work all join one transaction, then `last` with its result in that same transaction, and
   * commits: what `last` writes is there exactly when the rest is. Code that calls `run` needs to know nothing of it, but
   * its changes are not committed when its `run` returns: what must not come before the commit goes into `afterCommit`.
   * @throws what `work` and `last` throw; then nothing is kept
   */
  async together<T>(work: () => Promise<T>, last: (transaction: EntityManager, result: T) => Promise<void>): Promise<T> {
    const joint = new JointTransaction(this.source);
    try {
      const result = await this.place.run({ joint, inside: false }, work);
      await joint.commit((transaction) => last(transaction, result));
      return result;
    } catch (error) {
      await joint.abandon();
      throw error;
    }
  }

  /** Calls `action` once what was written is committed: at once, or at the end of `together`, and not at all if that fails. */
  afterCommit(action: () => void): void {
    const place = this.joined();
    if (place) place.joint.afterCommit(action);
    else action();
  }

  private joined(): Place | undefined {
    const place = this.place.getStore();
    return place?.joint.open ? place : undefined;
  }

  private async withSession<T>(work: (session: QueryRunner) => Promise<T>): Promise<T> {
    const session = this.source.createQueryRunner();
    let connection: Ending | undefined;
    try {
      connection = (await session.connect()) as Ending;
      return await work(session);
    } catch (cause) {
      const error = databaseError(cause);
      if (breaksConnection(error)) destroy(connection);
      else if (session.isTransactionActive) await session.rollbackTransaction().catch(() => destroy(connection));
      throw error;
    } finally {
      await session.release();
    }
  }
}
