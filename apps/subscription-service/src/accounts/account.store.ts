import type { AuditEntry } from '../audit/index.js';
import type { Account } from './account.js';

export interface AccountQuery {
  /** Part of the id, the name or the owner's address, in any case. */
  readonly search?: string | undefined;
  /** Rows after this account in the order of the list: by id. */
  readonly after?: string | undefined;
  readonly limit: number;
}

/** An account that no caller sees any more and whose webhooks are still being deleted. */
export interface DeletedAccount {
  readonly id: string;
  /** Who deleted it. */
  readonly actor: string;
  /** Whether every instance has noticed by now, so that nothing new can come to be in it. */
  readonly settled: boolean;
}

/** Where accounts live; each change is written together with its audit entry. A deleted account is not there. */
export abstract class AccountStore {
  abstract find(id: string): Promise<Account | undefined>;
  abstract list(query: AccountQuery): Promise<Account[]>;

  /** @throws AppError `ACCOUNT_ID_TAKEN` */
  abstract insert(account: Account, entry: AuditEntry): Promise<void>;

  /** @returns false when the account is no longer at `before.version` */
  abstract update(before: Account, after: Account, entry: AuditEntry): Promise<boolean>;

  /** Takes the account and its keys away from every caller. @returns false when it is no longer at `before.version` */
  abstract delete(before: Account, at: string, entry: AuditEntry): Promise<boolean>;

  /** Those deleted longest ago first. */
  abstract deleted(limit: number): Promise<DeletedAccount[]>;

  /** Forgets a deleted account for good: its id may be taken anew. */
  abstract forget(id: string): Promise<void>;
}
