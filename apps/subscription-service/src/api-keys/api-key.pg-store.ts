import type { Transaction, UnitOfWork } from '#libs/persistence';
import type { AuditEntry, AuditLog } from '../audit/index.js';
import type { Scope } from '../auth/index.js';
import type { ApiKey, KeyHashes } from './api-key.js';
import { ApiKeyStore } from './api-key.store.js';

interface ApiKeyRow {
  readonly id: string;
  readonly account_id: string;
  readonly name: string;
  readonly scopes: Scope[];
  readonly last4: string;
  readonly expires_at: Date | null;
  readonly last_used_at: Date | null;
  readonly previous_valid_until: Date | null;
  readonly version: number;
  readonly created_at: Date;
  readonly updated_at: Date;
}

interface HashRow extends ApiKeyRow {
  readonly hash: Buffer;
  readonly previous_hash: Buffer | null;
}

const COLUMNS = `k.id, k.account_id, k.name, k.scopes, k.last4, k.expires_at, k.last_used_at, k.previous_valid_until, k.version,
  k.created_at, k.updated_at`;

export class ApiKeyPgStore extends ApiKeyStore {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly audit: AuditLog,
  ) {
    super();
  }

  override async find(accountId: string, id: string): Promise<ApiKey | undefined> {
    const sql = `select ${COLUMNS} from subscription.api_keys as k where k.id = $1 and k.account_id = $2`;
    const rows = await this.unitOfWork.read((manager) => manager.query<ApiKeyRow[]>(sql, [id, accountId]));
    return rows[0] && fromRow(rows[0]);
  }

  override async list(accountId: string, after: string | undefined, limit: number): Promise<ApiKey[]> {
    const sql = `select ${COLUMNS} from subscription.api_keys as k
      where k.account_id = $1 and ($2::text is null or k.id < $2) order by k.id desc limit $3`;
    const rows = await this.unitOfWork.read((manager) => manager.query<ApiKeyRow[]>(sql, [accountId, after ?? null, limit]));
    return rows.map(fromRow);
  }

  override async lookUp(id: string): Promise<(ApiKey & KeyHashes) | undefined> {
    const sql = `select ${COLUMNS}, k.hash, k.previous_hash from subscription.api_keys as k where k.id = $1`;
    const [row] = await this.unitOfWork.read((manager) => manager.query<HashRow[]>(sql, [id]));
    return row && { ...fromRow(row), hash: row.hash, previousHash: row.previous_hash };
  }

  override async insert(key: ApiKey, hash: Buffer, entry: AuditEntry): Promise<boolean> {
    // The share lock makes a deletion of the account wait, which then takes this key along.
    return this.change(entry, async (transaction) => {
      const rows = await transaction.query<unknown[]>(
        `insert into subscription.api_keys as k (id, account_id, version, name, scopes, hash, last4, expires_at, created_at, updated_at)
         select $1, a.id, $3, $4, $5, $6, $7, $8, $9, $9
           from (select b.id from subscription.accounts as b where b.id = $2 and b.deleted_at is null for share) as a
         returning k.id`,
        [key.id, key.accountId, key.version, key.name, key.scopes, hash, key.last4, key.expiresAt, key.createdAt],
      );
      return rows.length;
    });
  }

  override async update(before: ApiKey, after: ApiKey, entry: AuditEntry, newHash?: Buffer): Promise<boolean> {
    return this.change(entry, async (transaction) => {
      const [, count] = await transaction.query<[unknown, number]>(
        `update subscription.api_keys as k
            set name = $4, scopes = $5, expires_at = $6, last4 = $7, previous_valid_until = $8, version = $9, updated_at = $10,
                previous_hash = case when $11::bytea is null then k.previous_hash else k.hash end,
                hash = coalesce($11, k.hash)
          where k.id = $1 and k.account_id = $2 and k.version = $3`,
        [
          ...[before.id, before.accountId, before.version, after.name, after.scopes, after.expiresAt, after.last4],
          ...[after.previousValidUntil, after.version, after.updatedAt, newHash ?? null],
        ],
      );
      return count;
    });
  }

  override async delete(before: ApiKey, entry: AuditEntry): Promise<boolean> {
    return this.change(entry, async (transaction) => {
      const [, count] = await transaction.query<[unknown, number]>(
        'delete from subscription.api_keys as k where k.id = $1 and k.account_id = $2 and k.version = $3',
        [before.id, before.accountId, before.version],
      );
      return count;
    });
  }

  override async noteUse(used: ReadonlyMap<string, number>): Promise<void> {
    // In the order of the ids, so that two instances never wait for each other.
    const entries = [...used].sort(([a], [b]) => (a < b ? -1 : 1));
    await this.unitOfWork.run((transaction) =>
      transaction.query(
        `update subscription.api_keys as k set last_used_at = greatest(k.last_used_at, u.used_at)
           from unnest($1::text[], $2::timestamptz[]) as u (id, used_at) where k.id = u.id`,
        [entries.map(([id]) => id), entries.map(([, at]) => new Date(at))],
      ),
    );
  }

  private async change(entry: AuditEntry, change: (transaction: Transaction) => Promise<number>): Promise<boolean> {
    return this.unitOfWork.run(async (transaction) => {
      const changed = (await change(transaction)) > 0;
      if (changed) await this.audit.record(transaction, entry);
      return changed;
    });
  }
}

function fromRow(row: ApiKeyRow): ApiKey {
  return {
    id: row.id,
    accountId: row.account_id,
    name: row.name,
    scopes: row.scopes,
    last4: row.last4,
    expiresAt: row.expires_at?.toISOString() ?? null,
    lastUsedAt: row.last_used_at?.toISOString() ?? null,
    previousValidUntil: row.previous_valid_until?.toISOString() ?? null,
    version: row.version,
    createdAt: row.created_at.toISOString(),
    updatedAt: row.updated_at.toISOString(),
  };
}
