import type { AuditEntry } from '../audit/index.js';
import type { ApiKey, KeyHashes } from './api-key.js';

/** Where keys live; each change is written together with its audit entry. A key of another account is not there. */
export abstract class ApiKeyStore {
  abstract find(accountId: string, id: string): Promise<ApiKey | undefined>;

  /** Newest first, from after the given id. */
  abstract list(accountId: string, after: string | undefined, limit: number): Promise<ApiKey[]>;

  /** With its hashes, whatever its account. */
  abstract lookUp(id: string): Promise<(ApiKey & KeyHashes) | undefined>;

  /** @returns false when the account is not there (any more) */
  abstract insert(key: ApiKey, hash: Buffer, entry: AuditEntry): Promise<boolean>;

  /** @param newHash takes the place of the current hash, which becomes the previous one. @returns false when the key is no longer at `before.version` */
  abstract update(before: ApiKey, after: ApiKey, entry: AuditEntry, newHash?: Buffer): Promise<boolean>;

  /** @returns false when the key is no longer at `before.version` */
  abstract delete(before: ApiKey, entry: AuditEntry): Promise<boolean>;

  /** @param used the time of the last use by key id, in milliseconds since the epoch */
  abstract noteUse(used: ReadonlyMap<string, number>): Promise<void>;
}
