import { AccountDirectory, type KnownAccount, RecentAnswers } from '../auth/index.js';
import type { AccountStore } from './account.store.js';

/** The accounts that callers asked for a moment ago. */
export class KnownAccounts extends AccountDirectory {
  private readonly answers: RecentAnswers<KnownAccount | undefined>;

  constructor(store: AccountStore) {
    super();
    this.answers = new RecentAnswers((id) => store.find(id));
  }

  override find(accountId: string): Promise<KnownAccount | undefined> {
    return this.answers.get(accountId);
  }

  /** After a change, so that it holds on this instance at once. */
  forget(accountId: string): void {
    this.answers.forget(accountId);
  }
}
