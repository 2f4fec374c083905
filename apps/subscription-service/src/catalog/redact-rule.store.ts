import type { Transaction } from '#libs/persistence';

/** What administrators say must not be stored. */
export abstract class RedactRuleStore {
  /** Differs whenever a type was changed. */
  abstract revision(transaction: Transaction): Promise<number>;

  /** JSON pointers by event type. A type that was deleted keeps its last ones: its events may still be on their way, or be read again. */
  abstract all(transaction: Transaction): Promise<ReadonlyMap<string, readonly string[]>>;
}
