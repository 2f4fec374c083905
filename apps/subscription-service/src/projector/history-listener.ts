import type { DeliveryAttemptedV1, DeliveryOutcomeV1, EndpointHealthV1 } from '#libs/contracts';
import type { Transaction } from '#libs/persistence';

/** An outcome with what its record does not tell. */
export interface StoredOutcome {
  readonly outcome: DeliveryOutcomeV1;
  /** Whether the delivery is known to be a test. */
  readonly test: boolean;
}

/** What one batch added to the history. Repeats are not in it, nor what is read again by a rebuild. */
export interface StoredNews {
  /** In the order of their ids; tests have the trigger `test`. */
  readonly attempts: readonly DeliveryAttemptedV1[];
  readonly outcomes: readonly StoredOutcome[];
  /** States of endpoints that are newer than what was known. */
  readonly health: readonly EndpointHealthV1[];
}

/** Told of each batch that is stored; an abstract class so that it is its own injection token. */
export abstract class HistoryListener {
  /**
   * Called in the transaction that stores the batch: what is written through it is there exactly when the batch is. It may be
   * called again with the same news when that transaction fails. What it throws takes back its own statements only, is logged
   * and passed over, but for `DATABASE_UNAVAILABLE`, after which the whole batch is stored anew.
   */
  abstract stored(transaction: Transaction, news: StoredNews): Promise<void>;
}
