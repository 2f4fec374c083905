import type { Transaction } from '#libs/persistence';
import type { AuditEntry, StoredAuditEntry } from './audit-entry.js';

export interface AuditQuery {
  readonly accountId?: string | undefined;
  readonly action?: string | undefined;
  readonly actor?: string | undefined;
  /** Entries after this one in the order of the list: newest first. */
  readonly after?: string | undefined;
  readonly limit: number;
}

/** Who changed what. Nothing is ever taken out of it or changed; the database refuses it too. */
export abstract class AuditLog {
  /** Written together with the change itself, or neither. Texts that look like secrets by their name are masked. */
  abstract record(transaction: Transaction, entry: AuditEntry): Promise<void>;

  /** Newest first. */
  abstract list(query: AuditQuery): Promise<StoredAuditEntry[]>;
}
