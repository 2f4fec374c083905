import { AppError } from '#libs/kernel';
import { brokenUniqueConstraint, type Transaction, type UnitOfWork } from '#libs/persistence';
import type { AuditEntry, AuditLog } from '../audit/index.js';
import { isAccountId } from './account-id.js';
import type { Account, NotificationKind } from './account.js';
import { type AccountQuery, AccountStore, type DeletedAccount } from './account.store.js';
import './account.errors.js';

interface AccountRow {
  readonly id: string;
  readonly name: string;
  readonly owner_email: string | null;
  readonly roles: string[];
  readonly required_role: string | null;
  readonly notifications_enabled: boolean;
  readonly notification_emails: string[];
  readonly notification_digest_minutes: number | null;
  readonly notification_kinds: NotificationKind[];
  readonly version: number;
  readonly created_at: Date;
  readonly updated_at: Date;
}

const COLUMNS = `a.id, a.name, a.owner_email, a.roles, a.required_role, a.notifications_enabled, a.notification_emails,
  a.notification_digest_minutes, a.notification_kinds, a.version, a.created_at, a.updated_at`;

/** Longer than any instance goes on with what it remembers of an account, and than its last call takes. */
const SETTLED_AFTER_SECONDS = 15;

export class AccountPgStore extends AccountStore {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly audit: AuditLog,
  ) {
    super();
  }

  override async find(id: string): Promise<Account | undefined> {
    if (!isAccountId(id)) return undefined;
    const sql = `select ${COLUMNS} from subscription.accounts as a where a.id = $1 and a.deleted_at is null`;
    const rows = await this.unitOfWork.read((manager) => manager.query<AccountRow[]>(sql, [id]));
    return rows[0] && fromRow(rows[0]);
  }

  override async list({ search, after, limit }: AccountQuery): Promise<Account[]> {
    const values: unknown[] = [limit];
    const conditions = ['a.deleted_at is null'];
    if (after !== undefined) conditions.push(`a.id > $${values.push(after)}`);
    if (search !== undefined) {
      conditions.push(
        `strpos(lower(a.id || E'\\n' || a.name || E'\\n' || coalesce(a.owner_email, '')), lower($${values.push(search)})) > 0`,
      );
    }
    const sql = `select ${COLUMNS} from subscription.accounts as a where ${conditions.join(' and ')} order by a.id limit $1`;
    return (await this.unitOfWork.read((manager) => manager.query<AccountRow[]>(sql, values))).map(fromRow);
  }

  override async insert(account: Account, entry: AuditEntry): Promise<void> {
    try {
      await this.unitOfWork.run(async (transaction) => {
        await transaction.query(
          `insert into subscription.accounts (id, name, owner_email, roles, required_role, notifications_enabled,
             notification_emails, notification_digest_minutes, notification_kinds, version, created_at, updated_at)
           values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)`,
          [...valuesOf(account), account.createdAt, account.updatedAt],
        );
        await this.audit.record(transaction, entry);
      });
    } catch (cause) {
      if (brokenUniqueConstraint(cause) !== 'accounts_pkey') throw cause;
      const field = { field: 'id', rule: 'unique', message: 'another account has this id, or had it and is still being deleted' };
      throw new AppError('ACCOUNT_ID_TAKEN', field.message, { cause, fields: [field] });
    }
  }

  override async update(before: Account, after: Account, entry: AuditEntry): Promise<boolean> {
    return this.changed(entry, (transaction) =>
      transaction.query(
        `update subscription.accounts as a set name = $2, owner_email = $3, roles = $4, required_role = $5, notifications_enabled = $6,
           notification_emails = $7, notification_digest_minutes = $8, notification_kinds = $9, version = $10, updated_at = $12
          where a.id = $1 and a.version = $11 and a.deleted_at is null returning a.id`,
        [...valuesOf(after), before.version, after.updatedAt],
      ),
    );
  }

  override async delete(before: Account, at: string, entry: AuditEntry): Promise<boolean> {
    return this.changed(entry, async (transaction) => {
      const rows = await transaction.query<unknown>(
        `update subscription.accounts as a set deleted_at = $3, deleted_by = $4
          where a.id = $1 and a.version = $2 and a.deleted_at is null returning a.id`,
        [before.id, before.version, at, entry.actor],
      );
      await transaction.query('delete from subscription.api_keys as k where k.account_id = $1', [before.id]);
      return rows;
    });
  }

  override async deleted(limit: number): Promise<DeletedAccount[]> {
    return this.unitOfWork.read((manager) =>
      manager.query<DeletedAccount[]>(
        `select a.id, a.deleted_by as actor, a.deleted_at < now() - make_interval(secs => $2) as settled
           from subscription.accounts as a where a.deleted_at is not null order by a.deleted_at limit $1`,
        [limit, SETTLED_AFTER_SECONDS],
      ),
    );
  }

  override async forget(id: string): Promise<void> {
    const sql = 'delete from subscription.accounts as a where a.id = $1 and a.deleted_at is not null';
    await this.unitOfWork.run((transaction) => transaction.query(sql, [id]));
  }

  /** What an UPDATE with RETURNING gives: the rows and their number. */
  private async changed(entry: AuditEntry, change: (transaction: Transaction) => Promise<unknown>): Promise<boolean> {
    return this.unitOfWork.run(async (transaction) => {
      const [, count] = (await change(transaction)) as [unknown[], number];
      if (count > 0) await this.audit.record(transaction, entry);
      return count > 0;
    });
  }
}

function valuesOf({ id, name, ownerEmail, roles, requiredRole, notifications, version }: Account): unknown[] {
  const { enabled, extraEmails, digestMinutes, kinds } = notifications;
  return [id, name, ownerEmail, roles, requiredRole, enabled, extraEmails, digestMinutes, kinds, version];
}

function fromRow(row: AccountRow): Account {
  return {
    id: row.id,
    name: row.name,
    ownerEmail: row.owner_email,
    roles: row.roles,
    requiredRole: row.required_role,
    notifications: {
      enabled: row.notifications_enabled,
      extraEmails: row.notification_emails,
      digestMinutes: row.notification_digest_minutes,
      kinds: row.notification_kinds,
    },
    version: row.version,
    createdAt: row.created_at.toISOString(),
    updatedAt: row.updated_at.toISOString(),
  };
}
