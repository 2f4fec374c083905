import type { RetryScheduledV1 } from '#libs/contracts';
import type { LogFunction } from '#libs/messaging';
import { type ClaimedDelivery, claimedOf, type DueRow, hasEvent, type TornRow } from './claimed-delivery.js';
import { eventKey, isParked, latestOf } from './due-delivery.js';
import type { DueDatabase } from './due-database.js';
import type { EventData } from './event-data.pg-store.js';

/** Which rows to take: those whose time has come, parked ones that have expired, or what waits for a webhook. */
export type Claim =
  | { readonly kind: 'due' }
  | { readonly kind: 'expired' }
  | { readonly kind: 'webhook'; readonly webhookId: string; readonly deliveryId: string | null };

export interface ClaimLimits {
  readonly rows: number;
  /** Of event data. */
  readonly bytes: number;
}

/** The deliveries that wait. Only the clock of the database decides what is due. */
export class DueTable {
  constructor(
    private readonly database: DueDatabase,
    private readonly events: EventData,
    private readonly log: LogFunction,
  ) {}

  /**
   * Stores deliveries, all or none. Of one that waits already the later record is kept, so repeats change nothing.
   * @throws AppError `DATABASE_UNAVAILABLE`
   */
  async add(retries: readonly RetryScheduledV1[]): Promise<void> {
    // In order, so that two instances that store the same deliveries wait for each other instead of locking up.
    const rows = [...latestOf(retries).values()].sort((a, b) => (a.delivery.deliveryId < b.delivery.deliveryId ? -1 : 1));
    const keys = rows.map(({ delivery }) => eventKey(delivery.event));
    const events = new Map(rows.map(({ delivery }, i) => [keys[i]!, delivery.event]));
    const column = <T>(of: (retry: RetryScheduledV1) => T): T[] => rows.map(of);
    await this.database.run(async (transaction) => {
      await this.events.share(transaction);
      await this.events.add(transaction, [...events]);
      await transaction.query(
        `insert into delivery.due as d (delivery_id, webhook_id, event_key, due_at, attempt, wait, last_status_code, parked, trigger, cause,
                                        requested_at, first_attempt_at, last_error_class)
         select * from unnest($1::text[], $2::text[], $3::uuid[], $4::timestamptz[], $5::integer[], $6::integer[], $7::integer[], $8::boolean[],
                              $9::text[], $10::text[], $11::text[], $12::text[], $13::text[])
             on conflict (delivery_id) do update
            set webhook_id = excluded.webhook_id, event_key = excluded.event_key, due_at = excluded.due_at, attempt = excluded.attempt,
                wait = excluded.wait, last_status_code = excluded.last_status_code, parked = excluded.parked, trigger = excluded.trigger,
                cause = excluded.cause, requested_at = excluded.requested_at, first_attempt_at = excluded.first_attempt_at,
                last_error_class = excluded.last_error_class
          where (excluded.attempt, excluded.wait) > (d.attempt, d.wait)`,
        [
          column(({ delivery }) => delivery.deliveryId),
          column(({ delivery }) => delivery.webhookId),
          keys,
          column(({ dueAt }) => dueAt),
          column(({ delivery }) => delivery.attempt),
          column(({ delivery }) => delivery.wait),
          column(({ delivery }) => delivery.past?.lastStatusCode ?? null),
          column(isParked),
          column(({ delivery }) => delivery.trigger),
          column(({ cause }) => cause),
          column(({ delivery }) => delivery.requestedAt),
          column(({ delivery }) => delivery.past?.firstAttemptAt ?? null),
          column(({ delivery }) => delivery.past?.lastErrorClass ?? null),
        ],
      );
    });
  }

  /**
   * Takes rows that no other instance has taken, gives them to `work`, and removes those that it names. They are locked
   * meanwhile, by the transaction alone: when this process dies, they are free again at once.
   * @returns the rows taken; 0 when there are none, or others have them all
   */
  claim(claim: Claim, limits: ClaimLimits, work: (claimed: ClaimedDelivery[]) => Promise<readonly string[]>): Promise<number> {
    const [condition, parameters] = conditionOf(claim);
    return this.database.run(async (transaction) => {
      const rows = await transaction.query<(DueRow | TornRow)[]>(
        `with claimed as materialized (
           select * from delivery.due where ${condition} order by due_at limit $1 for update skip locked
         ), counted as (
           select c.*, sum(coalesce(octet_length(e.data), 0)) over (order by c.due_at, c.delivery_id) - coalesce(octet_length(e.data), 0) as bytes_before
             from claimed c left join delivery.events e on e.key = c.event_key
         )
         select c.*, extract(epoch from clock_timestamp() - c.due_at)::float8 as late_by, e.id as event_id, e.account_id, e.source,
                e.type as event_type, e.time as event_time, e.channel_id, e.context, e.data_content_type, e.traceparent, e.data
           from counted c left join delivery.events e on e.key = c.event_key
          where c.bytes_before < $2 order by c.due_at`,
        [limits.rows, limits.bytes, ...parameters],
      );
      if (rows.length === 0) return 0;
      const whole = rows.filter(hasEvent);
      const torn = rows.filter((row) => !hasEvent(row)).map((row) => row.delivery_id);
      // Only a hand in the database can have removed the event; the row must not stand before the others for ever.
      if (torn.length > 0) this.log('error', 'due.event-missing', { deliveryIds: torn });
      const ended = [...torn, ...(whole.length > 0 ? await work(whole.map(claimedOf)) : [])];
      if (ended.length > 0) await transaction.query('delete from delivery.due where delivery_id = any($1::text[])', [ended]);
      return rows.length;
    });
  }

  /** Milliseconds until the next row is due or expires; negative when it is so already; undefined when nothing waits. */
  async nextInMs(): Promise<number | undefined> {
    const [row] = await this.database.read((transaction) =>
      transaction.query<{ ms: number | null }[]>(
        `select (extract(epoch from least((select min(due_at) from delivery.due where not parked),
                                          (select min(due_at) from delivery.due where parked)) - clock_timestamp()) * 1000)::float8 as ms`,
      ),
    );
    return row?.ms ?? undefined;
  }

  /** How much waits. Reads an index of the whole table: for metrics, now and then. */
  async counts(): Promise<{ readonly pending: number; readonly parked: number }> {
    const [row] = await this.database.bulk((transaction) =>
      transaction.query<{ pending: number; parked: number }[]>(
        `select (select count(*) from delivery.due where not parked)::float8 as pending,
                (select count(*) from delivery.due where parked)::float8 as parked`,
      ),
    );
    return row!;
  }
}

function conditionOf(claim: Claim): [condition: string, parameters: unknown[]] {
  switch (claim.kind) {
    case 'due':
      return ['not parked and due_at <= now()', []];
    case 'expired':
      return ['parked and due_at <= now()', []];
    case 'webhook':
      return claim.deliveryId === null
        ? ['webhook_id = $3', [claim.webhookId]]
        : ['webhook_id = $3 and delivery_id = $4', [claim.webhookId, claim.deliveryId]];
  }
}
