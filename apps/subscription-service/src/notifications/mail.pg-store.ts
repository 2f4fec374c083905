import type { Transaction, UnitOfWork } from '#libs/persistence';
import { type Added, MailStore, type PendingMails } from './mail.store.js';
import type { ClaimedMail, NewMail } from './outbox-mail.js';

export interface OutboxBounds {
  /** Mails that may wait of one account. */
  readonly perAccount: number;
  /** Mails that may wait in all. */
  readonly inAll: number;
}

interface MailRow {
  readonly id: string;
  readonly account_id: string;
  readonly webhook_id: string;
  readonly kind: string;
  readonly notice_key: string;
  readonly recipient: string;
  readonly subject: string;
  readonly plain_text: string;
  readonly html_text: string;
  readonly unsubscribe_url: string;
  readonly attempts: number;
  readonly created_at: Date;
}

const BOUNDS: OutboxBounds = { perAccount: 500, inAll: 20_000 };

export class MailPgStore extends MailStore {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly bounds: OutboxBounds = BOUNDS,
  ) {
    super();
  }

  override async add(transaction: Transaction, mails: readonly NewMail[], now: number): Promise<Added> {
    if (mails.length === 0) return { added: 0, dropped: 0 };
    const taken = await this.withinBounds(transaction, mails);
    const values = <K extends keyof NewMail>(key: K) => taken.map((mail) => mail[key]);
    await transaction.query(
      `insert into notifications.mails (id, account_id, webhook_id, kind, notice_key, recipient, subject, plain_text, html_text,
         unsubscribe_url, event_ids, due_at, created_at)
       select n.id, n.account_id, n.webhook_id, n.kind, n.notice_key, n.recipient, n.subject, n.plain_text, n.html_text, n.unsubscribe_url,
              array(select e.id from json_array_elements_text(n.event_ids::json) as e (id)), $12::timestamptz, $12::timestamptz
         from unnest($1::text[], $2::text[], $3::text[], $4::text[], $5::text[], $6::text[], $7::text[], $8::text[], $9::text[], $10::text[],
                     $11::text[])
              as n (id, account_id, webhook_id, kind, notice_key, recipient, subject, plain_text, html_text, unsubscribe_url, event_ids)
           on conflict (webhook_id, notice_key, lower(recipient)) do nothing`,
      [
        ...[values('id'), values('accountId'), values('webhookId'), values('kind'), values('noticeKey'), values('recipient')],
        ...[values('subject'), values('plainText'), values('htmlText'), values('unsubscribeUrl')],
        ...[taken.map(({ eventIds }) => JSON.stringify(eventIds)), new Date(now)],
      ],
    );
    return { added: taken.length, dropped: mails.length - taken.length };
  }

  override async claim(now: number, until: number): Promise<ClaimedMail | undefined> {
    // What an UPDATE with RETURNING gives: the rows and their number.
    const [rows] = await this.unitOfWork.run((transaction) =>
      transaction.query<[MailRow[], number]>(
        `update notifications.mails as m set due_at = $2, attempts = m.attempts + 1
          where m.id = (select p.id from notifications.mails as p where p.status = 'pending' and p.due_at <= $1
                         order by p.due_at, p.id limit 1 for update skip locked)
          returning m.id, m.account_id, m.webhook_id, m.kind, m.notice_key, m.recipient, m.subject, m.plain_text, m.html_text,
            m.unsubscribe_url, m.attempts, m.created_at`,
        [new Date(now), new Date(until)],
      ),
    );
    return rows[0] && fromRow(rows[0]);
  }

  override async sent(mail: ClaimedMail, now: number): Promise<void> {
    await this.end(mail, `status = 'sent', sent_at = $3, last_error = null`, new Date(now));
  }

  override async failed(mail: ClaimedMail, error: string): Promise<void> {
    await this.end(mail, `status = 'failed', last_error = $3`, error);
  }

  override async postpone(mail: ClaimedMail, dueAt: number, error: string): Promise<void> {
    await this.unitOfWork.run((transaction) =>
      transaction.query(
        `update notifications.mails as m set due_at = $3, last_error = $4 where m.id = $1 and m.attempts = $2 and m.status = 'pending'`,
        [mail.id, mail.attempts, new Date(dueAt), error],
      ),
    );
  }

  override async pending(): Promise<PendingMails> {
    const [row] = await this.unitOfWork.read((manager) =>
      manager.query<{ count: number; oldest: Date | null }[]>(
        `select count(*)::int as count, min(m.created_at) as oldest from notifications.mails as m where m.status = 'pending'`,
      ),
    );
    return { count: row!.count, oldest: row!.oldest?.getTime() ?? null };
  }

  override async deleteBefore(time: number): Promise<void> {
    await this.unitOfWork.run((transaction) =>
      transaction.query(`delete from notifications.mails as m where m.created_at < $1 and m.status <> 'pending'`, [new Date(time)]),
    );
  }

  /** The end of a mail, unless another sender has taken it in hand meanwhile. What it said is not kept. */
  private async end({ id, attempts }: ClaimedMail, change: string, value: unknown): Promise<void> {
    await this.unitOfWork.run((transaction) =>
      transaction.query(
        `update notifications.mails as m set ${change}, plain_text = null, html_text = null, unsubscribe_url = null
          where m.id = $1 and m.attempts = $2 and m.status = 'pending'`,
        [id, attempts, value],
      ),
    );
  }

  private async withinBounds(transaction: Transaction, mails: readonly NewMail[]): Promise<NewMail[]> {
    const rows = await transaction.query<{ account_id: string | null; count: number }[]>(
      `select m.account_id, count(*)::int as count from notifications.mails as m where m.status = 'pending' group by rollup (m.account_id)`,
    );
    const waiting = new Map(rows.map(({ account_id: accountId, count }) => [accountId, count]));
    return mails.filter(({ accountId }) => {
      const [ofAccount, inAll] = [waiting.get(accountId) ?? 0, waiting.get(null) ?? 0];
      if (ofAccount >= this.bounds.perAccount || inAll >= this.bounds.inAll) return false;
      waiting.set(accountId, ofAccount + 1).set(null, inAll + 1);
      return true;
    });
  }
}

function fromRow(row: MailRow): ClaimedMail {
  return {
    id: row.id,
    accountId: row.account_id,
    webhookId: row.webhook_id,
    kind: row.kind,
    noticeKey: row.notice_key,
    recipient: row.recipient,
    subject: row.subject,
    plainText: row.plain_text,
    htmlText: row.html_text,
    unsubscribeUrl: row.unsubscribe_url,
    attempts: row.attempts,
    createdAt: row.created_at.getTime(),
  };
}
