import type { Transaction } from '#libs/persistence';
import { pgText } from './columns.js';
import type { HistoryRecord } from './history-record.js';
import { subjectOf } from './record-subject.js';

/** Leaves out what was expunged: all of an event, and of a webhook or an account what had begun before. */
export async function withoutExpunged(transaction: Transaction, records: readonly HistoryRecord[]): Promise<readonly HistoryRecord[]> {
  const subjects = records.map(subjectOf);
  const named = subjects.flatMap((subject) => subject ?? []);
  if (named.length === 0) return records;
  const found = await transaction.query<{ account_id: string; kind: string; subject: string; expunged_at: Date }[]>(
    `select x.account_id, x.kind, x.subject, x.expunged_at from history.expunged as x where x.account_id = any($1::text[])
        and (x.kind = 'account' or x.kind = 'webhook' and x.subject = any($2::text[]) or x.kind = 'event' and x.subject = any($3::text[]))`,
    [
      [...new Set(named.map(({ accountId }) => pgText(accountId)))],
      [...new Set(named.flatMap(({ webhookId }) => webhookId ?? []))],
      [...new Set(named.flatMap(({ eventId }) => eventId ?? []))],
    ],
  );
  if (found.length === 0) return records;
  const times = new Map(found.map((row) => [keyOf(row.account_id, row.kind, row.subject), row.expunged_at.getTime()]));
  const timeOf = (accountId: string, kind: string, subject: string): number => times.get(keyOf(accountId, kind, subject)) ?? -Infinity;
  return records.filter((_, i) => {
    const subject = subjects[i];
    if (!subject) return true;
    const { accountId, webhookId, eventId, begunAt } = subject;
    if (eventId !== undefined && times.has(keyOf(accountId, 'event', eventId))) return false;
    if (webhookId !== undefined && begunAt <= timeOf(accountId, 'webhook', webhookId)) return false;
    return begunAt > timeOf(accountId, 'account', accountId);
  });
}

function keyOf(accountId: string, kind: string, subject: string): string {
  return JSON.stringify([accountId, kind, subject]);
}
