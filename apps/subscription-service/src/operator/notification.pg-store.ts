import type { UnitOfWork } from '#libs/persistence';
import { type MailStatus, type NotificationMail, type NotificationQuery, NotificationStore } from './notification.store.js';

interface MailRow {
  readonly id: string;
  readonly account_id: string;
  readonly webhook_id: string | null;
  readonly kind: string;
  readonly recipient: string;
  readonly subject: string | null;
  readonly status: MailStatus;
  readonly attempts: number;
  readonly created_at: Date;
  readonly sent_at: Date | null;
  readonly last_error: string | null;
}

/** Reads the view `notifications.sent_mails`, which the process that sends them makes. */
export class NotificationPgStore extends NotificationStore {
  constructor(private readonly unitOfWork: UnitOfWork) {
    super();
  }

  override async list({ accountId, webhookId, status, after, limit }: NotificationQuery): Promise<NotificationMail[]> {
    const values: unknown[] = [limit];
    const given = { 'm.account_id =': accountId, 'm.webhook_id =': webhookId, 'm.status =': status, 'm.id <': after };
    const conditions = Object.entries(given)
      .filter(([, value]) => value !== undefined)
      .map(([condition, value]) => `${condition} $${values.push(value)}`);
    const where = conditions.length === 0 ? '' : `where ${conditions.join(' and ')}`;
    const rows = await this.unitOfWork.read(async (manager) => {
      // Not there before that process has run for the first time.
      const [view] = await manager.query<{ there: boolean }[]>("select to_regclass('notifications.sent_mails') is not null as there");
      if (!view?.there) return [];
      return manager.query<MailRow[]>(
        `select m.id, m.account_id, m.webhook_id, m.kind, m.recipient, m.subject, m.status, m.attempts, m.created_at, m.sent_at, m.last_error
           from notifications.sent_mails as m ${where} order by m.id desc limit $1`,
        values,
      );
    });
    return rows.map(fromRow);
  }
}

function fromRow(row: MailRow): NotificationMail {
  const { id, kind, recipient, subject, status, attempts } = row;
  return {
    ...{ id, kind, recipient, subject, status, attempts },
    accountId: row.account_id,
    webhookId: row.webhook_id,
    createdAt: row.created_at.toISOString(),
    sentAt: row.sent_at?.toISOString() ?? null,
    lastError: row.last_error,
  };
}
