import type { Transaction } from '#libs/persistence';
import type { Standing } from './standing.js';

export interface KnownStanding {
  readonly webhookId: string;
  readonly accountId: string;
  readonly standing: Standing;
  /** When to decide which mails are due, milliseconds since the epoch; null: not decided yet. */
  readonly lookAt: number | null;
}

/** Where it is kept what is known of webhooks in trouble; of the others nothing is. Rows are locked by who reads them. */
export abstract class StandingStore {
  /** Makes rows for those that have none; in the order of the ids, so that two processes cannot lock each other up. */
  abstract begin(transaction: Transaction, webhooks: ReadonlyMap<string, string>): Promise<void>;
  abstract lock(transaction: Transaction, webhookIds: readonly string[]): Promise<KnownStanding[]>;

  /** Those to be looked at by now, without those that another process has in hand. */
  abstract lockDue(transaction: Transaction, now: number, limit: number): Promise<KnownStanding[]>;
  abstract save(transaction: Transaction, standings: readonly KnownStanding[]): Promise<void>;
  abstract remove(transaction: Transaction, webhookIds: readonly string[]): Promise<void>;
}
