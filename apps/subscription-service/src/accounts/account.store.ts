import type { Account } from './account.js';

export abstract class AccountStore {
  abstract find(id: string): Promise<Account | undefined>;
}
