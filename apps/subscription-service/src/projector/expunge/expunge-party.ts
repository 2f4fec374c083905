import type { Tombstone } from './expunge.store.js';

/**
 * A feature that keeps, in tables of its own, what tells of an event, a webhook or an account. It declares nothing of its
 * tables here: the history asks it to forget, and does not call an expunge finished before it has.
 */
export abstract class ExpungeParty {
  /**
   * Takes out what is there of the subject. Called after nothing of it that happened before can be stored in the history any
   * more, and again when an expunge was interrupted.
   * @returns how many rows were taken out
   * @throws AppError `DATABASE_UNAVAILABLE`
   */
  abstract forget(tombstone: Tombstone): Promise<number>;
}
