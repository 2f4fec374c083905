import type { Transaction } from '#libs/persistence';
import { timeOfId } from '../history-schema/index.js';
import { column, pgText } from './columns.js';
import { dayOf } from './partition-days.js';
import type { StoredEvent } from './stored-event.js';

interface Count {
  readonly accountId: string;
  readonly eventType: string;
  /** As `date` reads it. */
  readonly day: string;
  events: number;
}

/** Counts events that were stored for the first time, by account, type and day; tests count nowhere. */
export async function countEvents(transaction: Transaction, events: readonly StoredEvent[]): Promise<void> {
  const counts = countsOf(events);
  if (counts.length === 0) return;
  await transaction.query(
    `insert into history.event_type_days as c (account_id, event_type, day, events)
     select * from unnest($1::text[], $2::text[], $3::date[], $4::integer[])
         on conflict (account_id, event_type, day) do update set events = c.events + excluded.events`,
    [
      column(counts, ({ accountId }) => accountId),
      column(counts, ({ eventType }) => eventType),
      column(counts, ({ day }) => day),
      column(counts, ({ events }) => events),
    ],
  );
}

/** In the order of their keys, as every transaction has to take its locks. */
function countsOf(events: readonly StoredEvent[]): Count[] {
  const found = new Map<string, Count>();
  for (const { key: eventKey, test, event } of events) {
    if (test) continue;
    const [accountId, eventType] = [pgText(event.accountId), pgText(event.type)];
    const day = new Date(dayOf(timeOfId(eventKey))).toISOString().slice(0, 10);
    const key = `${accountId}\0${eventType}\0${day}`;
    const count = found.get(key);
    if (count) count.events++;
    else found.set(key, { accountId, eventType, day, events: 1 });
  }
  return [...found].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, count]) => count);
}
