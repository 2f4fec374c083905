import type { Transaction } from '#libs/persistence';
import type { NotificationKind } from '../accounts/index.js';
import { OwnerDirectory, type OwnedWebhook } from './owner-directory.js';

interface OwnedRow {
  readonly id: string;
  readonly account_id: string;
  readonly name: string;
  readonly url: string;
  readonly status: string;
  readonly notify_emails: string[];
  readonly owner_email: string | null;
  readonly notifications_enabled: boolean;
  readonly notification_kinds: NotificationKind[];
  readonly notification_emails: string[];
  readonly notification_digest_minutes: number | null;
}

/** Reads the tables of the same service's webhooks and accounts. */
export class OwnerDirectoryPgStore extends OwnerDirectory {
  override async find(transaction: Transaction, webhookIds: readonly string[]): Promise<Map<string, OwnedWebhook>> {
    const rows = await transaction.query<OwnedRow[]>(
      `select w.id, w.account_id, w.name, w.url, w.status, w.notify_emails, a.owner_email, a.notifications_enabled, a.notification_kinds,
              a.notification_emails, a.notification_digest_minutes
         from subscription.webhooks as w
         join subscription.accounts as a on a.id = w.account_id and a.deleted_at is null
        where w.id = any($1)`,
      [webhookIds],
    );
    return new Map(rows.map((row) => [row.id, fromRow(row)]));
  }
}

function fromRow(row: OwnedRow): OwnedWebhook {
  return {
    id: row.id,
    accountId: row.account_id,
    name: row.name,
    host: URL.canParse(row.url) ? new URL(row.url).host : '',
    enabled: row.status === 'enabled',
    wanted: row.notifications_enabled,
    kinds: new Set(row.notification_kinds),
    addresses: [row.owner_email, ...row.notification_emails, ...row.notify_emails],
    digestMinutes: row.notification_digest_minutes,
  };
}
