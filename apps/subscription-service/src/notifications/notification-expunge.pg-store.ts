import type { Transaction, UnitOfWork } from '#libs/persistence';
import { ExpungeParty, type Tombstone } from '../projector/index.js';
import { withoutEvent } from './forgotten-event.js';
import type { Standing } from './standing.js';

/**
 * Forgets the mails of a subject, those that wait and those that were sent, and what would make further ones. Of a webhook or
 * an account also who has unsubscribed from it: an address is kept for as long only as what it is kept for.
 */
export class NotificationExpungePgStore extends ExpungeParty {
  constructor(private readonly unitOfWork: UnitOfWork) {
    super();
  }

  override forget(tombstone: Tombstone): Promise<number> {
    return this.unitOfWork.run((transaction) =>
      tombstone.kind === 'event' ? forgetEvent(transaction, tombstone) : forgetAll(transaction, tombstone),
    );
  }
}

// Standings first: who decides about one holds its row until the mails that follow from it are in the outbox.

async function forgetEvent(transaction: Transaction, { accountId, subject }: Tombstone): Promise<number> {
  const standings = await transaction.query<{ webhook_id: string; standing: string }[]>(
    `select s.webhook_id, s.standing from notifications.standings as s
      where s.account_id = $1 and position($2 in s.standing) > 0 order by s.webhook_id for update`,
    [accountId, JSON.stringify(subject)],
  );
  for (const { webhook_id: webhookId, standing } of standings) {
    const left = withoutEvent(JSON.parse(standing) as Standing, subject);
    await transaction.query('update notifications.standings as s set standing = $2 where s.webhook_id = $1', [
      webhookId,
      JSON.stringify(left),
    ]);
  }
  return deleted(transaction, 'mails', 't.account_id = $1 and $2 = any(t.event_ids)', [accountId, subject]);
}

async function forgetAll(transaction: Transaction, { accountId, kind, subject, expungedAt }: Tombstone): Promise<number> {
  const [ofSubject, values] =
    kind === 'account' ? ['t.account_id = $1', [accountId]] : ['t.account_id = $1 and t.webhook_id = $2', [accountId, subject]];
  const standings = await deleted(transaction, 'standings', ofSubject, values);
  const mails = await deleted(transaction, 'mails', ofSubject, values);
  // One made since is another wish, not of what was to be forgotten.
  const before = `${ofSubject} and t.created_at <= $${values.length + 1}`;
  return standings + mails + (await deleted(transaction, 'unsubscriptions', before, [...values, expungedAt]));
}

async function deleted(
  transaction: Transaction,
  table: 'standings' | 'mails' | 'unsubscriptions',
  where: string,
  values: readonly unknown[],
): Promise<number> {
  const [row] = await transaction.query<{ count: number }[]>(
    `with gone as (delete from notifications.${table} as t where ${where} returning 1) select count(*)::integer as count from gone`,
    [...values],
  );
  return row!.count;
}
