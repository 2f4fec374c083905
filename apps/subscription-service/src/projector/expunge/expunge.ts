import type { ExpungeParty } from './expunge-party.js';
import type { Expunged, ExpungeStore, ExpungeSubject, Tombstone } from './expunge.store.js';

/**
 * An expunge from its tombstone to its end, over the history and all who keep something beside it. It may be broken off
 * anywhere and begun again: the tombstone stays unfinished until everybody has forgotten.
 */
export class Expunge {
  constructor(
    private readonly store: ExpungeStore,
    private readonly parties: readonly ExpungeParty[],
  ) {}

  /** From its return on, nothing of the subject that happened before is stored any more. @throws AppError `DATABASE_UNAVAILABLE` */
  begin(subject: ExpungeSubject): Promise<Tombstone> {
    return this.store.begin(subject);
  }

  /** Takes out what is stored until nothing is left or time is up. @param forMs milliseconds */
  async takeOut(tombstone: Tombstone, forMs: number): Promise<Expunged> {
    // Theirs is little, and mails wait to be sent: it goes before the history, which may take minutes.
    for (const party of this.parties) await party.forget(tombstone);
    const expunged = await this.store.takeOut(tombstone, forMs);
    if (expunged.complete) await this.store.finish(tombstone);
    return expunged;
  }

  /** Those that were broken off, or whose rows were too many. */
  unfinished(): Promise<Tombstone[]> {
    return this.store.unfinished();
  }
}
