import type { Transaction } from '#libs/persistence';
import type { DeadLetter, DeadLetterSummary, StoredDeadLetter } from './dead-letter.js';

export interface DeadLetterQuery {
  readonly reason?: string | undefined;
  readonly topic?: string | undefined;
  /** Published again, or not. */
  readonly republished?: boolean | undefined;
  /** Those that became dead letters from then on, milliseconds since the epoch… */
  readonly from?: number | undefined;
  /** …and before then. */
  readonly to?: number | undefined;
  /** Letters after this one in the order of the list: newest first. */
  readonly after?: string | undefined;
  readonly limit: number;
}

/** The dead letters that were kept, of every account: they are what could not be read. */
export abstract class DeadLetterStore {
  /** Newest first. */
  abstract list(query: DeadLetterQuery): Promise<DeadLetterSummary[]>;

  abstract find(id: string): Promise<StoredDeadLetter | undefined>;

  /** As `find`, and until the transaction ends nobody else gets it from here. */
  abstract lock(transaction: Transaction, id: string): Promise<StoredDeadLetter | undefined>;

  /** @param at RFC 3339 */
  abstract markRepublished(transaction: Transaction, id: string, at: string, by: string): Promise<void>;
}

/** Where the projector keeps dead letters. */
export abstract class DeadLetterArchive {
  /** What is there already stays as it is. */
  abstract keep(letters: readonly DeadLetter[]): Promise<void>;

  /** @param before milliseconds since the epoch @returns how many were older */
  abstract forget(before: number): Promise<number>;
}
