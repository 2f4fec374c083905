import type { Transaction } from '#libs/persistence';
import type { Unsubscription } from './unsubscribe-links.js';

/** Who wants no more mails about what. */
export abstract class UnsubscriptionStore {
  abstract add(unsubscription: Unsubscription, now: number): Promise<void>;
  abstract remove(unsubscription: Unsubscription): Promise<void>;

  /** The addresses of an account, in lower case, that get no mails about this webhook. */
  abstract of(transaction: Transaction, accountId: string, webhookId: string): Promise<ReadonlySet<string>>;
}
