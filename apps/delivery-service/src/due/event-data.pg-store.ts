import type { DomainEvent } from '#libs/contracts';
import type { Transaction } from '#libs/persistence';
import type { DueDatabase } from './due-database.js';

/** Names the lock in the database; any number that no other lock there has. */
const LOCK = 7_640_211;

/**
 * The events that waiting deliveries refer to, each stored once. Who stores rows holds the lock shared, who removes
 * events alone: so no row can appear that refers to an event that is just being removed. It is tried, never waited for,
 * so that it holds nobody up. What a crash leaves behind is found by `sweep`.
 */
export class EventData {
  constructor(private readonly database: DueDatabase) {}

  /** Has to come before the events and the rows that refer to them, in the same transaction. */
  async share(transaction: Transaction): Promise<void> {
    await transaction.query('select pg_advisory_xact_lock_shared($1)', [LOCK]);
  }

  /** @param events by key, each once */
  async add(transaction: Transaction, events: readonly (readonly [key: string, event: DomainEvent])[]): Promise<void> {
    const sorted = [...events].sort(([a], [b]) => (a < b ? -1 : 1));
    const column = <T>(of: (event: DomainEvent) => T): T[] => sorted.map(([, event]) => of(event));
    let end = 0;
    const ends = column(({ data }) => (end += data.length));
    // All data travels as one parameter: as an array of byte strings the driver would send it in hexadecimal, escaped.
    await transaction.query(
      `insert into delivery.events (key, account_id, id, source, type, time, channel_id, context, data_content_type, traceparent, data)
       select n.key, n.account_id, n.id, n.source, n.type, n.time, n.channel_id, n.context, n.data_content_type, n.traceparent,
              substring($11::bytea from n.ends - n.bytes + 1 for n.bytes)
         from unnest($1::uuid[], $2::text[], $3::text[], $4::text[], $5::text[], $6::text[], $7::text[], $8::text[], $9::text[], $10::text[],
                     $12::integer[], $13::integer[])
              as n (key, account_id, id, source, type, time, channel_id, context, data_content_type, traceparent, ends, bytes)
           on conflict (key) do nothing`,
      [
        sorted.map(([key]) => key),
        column((event) => event.accountId),
        column((event) => event.id),
        column((event) => event.source),
        column((event) => event.type),
        column((event) => event.time),
        column((event) => event.channelId ?? null),
        column((event) => event.context ?? null),
        column((event) => event.dataContentType ?? null),
        column((event) => event.traceparent ?? null),
        Buffer.concat(column(({ data }) => data)),
        ends,
        column(({ data }) => data.length),
      ],
    );
  }

  /** Removes those of these events to which no row refers. @returns false when somebody is just storing rows */
  remove(keys: readonly string[]): Promise<boolean> {
    return this.database.run(async (transaction) => {
      const [lock] = await transaction.query<{ held: boolean }[]>('select pg_try_advisory_xact_lock($1) as held', [LOCK]);
      if (!lock?.held) return false;
      await transaction.query(
        `delete from delivery.events e
          where e.key = any($1::uuid[]) and not exists (select from delivery.due d where d.event_key = e.key)`,
        [keys],
      );
      return true;
    });
  }

  /** The keys of events to which no row refers, of the next `limit` events after a key. @param after `null`: from the beginning */
  async strays(after: string | null, limit: number): Promise<{ readonly strays: string[]; readonly last: string | undefined }> {
    const rows = await this.database.read((transaction) =>
      transaction.query<{ key: string; stray: boolean }[]>(
        `select e.key, not exists (select from delivery.due d where d.event_key = e.key) as stray
           from (select key from delivery.events where $1::uuid is null or key > $1 order by key limit $2) e order by e.key`,
        [after, limit],
      ),
    );
    return { strays: rows.filter(({ stray }) => stray).map(({ key }) => key), last: rows.at(-1)?.key };
  }
}
