import { type Clock, newId } from '#libs/kernel';
import type { Transaction, UnitOfWork } from '#libs/persistence';
import type { AuditEntry, StoredAuditEntry } from './audit-entry.js';
import { AuditLog, type AuditQuery } from './audit-log.js';
import { masked } from './masked.js';

interface AuditRow {
  readonly id: string;
  readonly occurred_at: Date;
  readonly actor: string;
  readonly account_id: string | null;
  readonly action: string;
  readonly subject: string | null;
  readonly before: object | null;
  readonly after: object | null;
  readonly remote_address: string | null;
  readonly request_id: string | null;
}

export class AuditLogPgStore extends AuditLog {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly clock: Clock,
  ) {
    super();
  }

  override async record(transaction: Transaction, entry: AuditEntry): Promise<void> {
    const { actor, accountId, action, subject, before, after, remoteAddress, requestId } = entry;
    const now = this.clock.now();
    const json = (value: object | null): string | null => (value === null ? null : JSON.stringify(masked(value)));
    await transaction.query(
      `insert into subscription.audit_log (id, occurred_at, actor, account_id, action, subject, before, after, remote_address, request_id)
       values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)`,
      [newId('aud', now), new Date(now), actor, accountId, action, subject, json(before), json(after), remoteAddress, requestId],
    );
  }

  override async list({ accountId, action, actor, after, limit }: AuditQuery): Promise<StoredAuditEntry[]> {
    const values: unknown[] = [limit];
    const conditions = Object.entries({ 'a.account_id =': accountId, 'a.action =': action, 'a.actor =': actor, 'a.id <': after })
      .filter(([, value]) => value !== undefined)
      .map(([condition, value]) => `${condition} $${values.push(value)}`);
    const where = conditions.length === 0 ? '' : `where ${conditions.join(' and ')}`;
    const rows = await this.unitOfWork.read((manager) =>
      manager.query<AuditRow[]>(
        `select a.id, a.occurred_at, a.actor, a.account_id, a.action, a.subject, a.before, a.after, a.remote_address, a.request_id
           from subscription.audit_log as a ${where} order by a.id desc limit $1`,
        values,
      ),
    );
    return rows.map(fromRow);
  }
}

function fromRow(row: AuditRow): StoredAuditEntry {
  return {
    id: row.id,
    occurredAt: row.occurred_at.toISOString(),
    actor: row.actor,
    accountId: row.account_id,
    action: row.action,
    subject: row.subject,
    before: row.before,
    after: row.after,
    remoteAddress: row.remote_address,
    requestId: row.request_id,
  };
}
