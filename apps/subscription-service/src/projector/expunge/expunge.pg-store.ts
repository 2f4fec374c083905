import type { Transaction, UnitOfWork } from '#libs/persistence';
import { type Expunged, type ExpungeKind, ExpungeStore, type ExpungeSubject, type Tombstone } from './expunge.store.js';

const COLUMN = { event: 'event_id', webhook: 'webhook_id', account: 'account_id' } as const;
/** Rows of one transaction: batches wait for it. */
const AT_ONCE = 1_000;

interface TombstoneRow {
  readonly account_id: string;
  readonly kind: ExpungeKind;
  readonly subject: string;
  readonly expunged_at: Date;
}

/**
 * Of an event everything goes, and nothing that comes later is stored either; of a webhook or an account what happened
 * before; that no webhook wanted an event is of the account and of none of its webhooks. Counts of an event stay in the statistics, since they name nobody, and those of a webhook in its account's.
 */
export class ExpungePgStore extends ExpungeStore {
  constructor(private readonly unitOfWork: UnitOfWork) {
    super();
  }

  override async begin(subject: ExpungeSubject): Promise<Tombstone> {
    const { kind, accountId } = subject;
    const id = kind === 'event' ? subject.eventId : kind === 'webhook' ? subject.webhookId : accountId;
    return this.exclusively(async (transaction) => {
      const [row] = await transaction.query<TombstoneRow[]>(
        `insert into history.expunged as x (account_id, kind, subject, expunged_at) values ($1, $2, $3, date_trunc('milliseconds', clock_timestamp()))
             on conflict (account_id, kind, subject) do update set expunged_at = excluded.expunged_at, finished_at = null
         returning account_id, kind, subject, expunged_at`,
        [accountId, kind, id],
      );
      return tombstoneOf(row!);
    });
  }

  override async takeOut(tombstone: Tombstone, forMs: number): Promise<Expunged> {
    const deadline = performance.now() + forMs;
    const sum = { deliveries: 0, attempts: 0, bodies: 0, events: 0 };
    for (;;) {
      const part = await this.exclusively((transaction) => takePart(transaction, tombstone));
      for (const table of Object.keys(sum) as (keyof typeof sum)[]) sum[table] += part[table];
      if (part.attempts + part.deliveries + part.events === 0) return { ...sum, complete: true };
      if (performance.now() > deadline) return { ...sum, complete: false };
    }
  }

  override async finish({ accountId, kind, subject, expungedAt }: Tombstone): Promise<void> {
    await this.unitOfWork.run((transaction) =>
      transaction.query(
        `update history.expunged as x set finished_at = clock_timestamp()
          where x.account_id = $1 and x.kind = $2 and x.subject = $3 and x.expunged_at = $4`,
        [accountId, kind, subject, expungedAt],
      ),
    );
  }

  override async unfinished(): Promise<Tombstone[]> {
    const rows = await this.unitOfWork.read((manager) =>
      manager.query<TombstoneRow[]>(
        'select x.account_id, x.kind, x.subject, x.expunged_at from history.expunged as x where x.finished_at is null order by x.expunged_at',
      ),
    );
    return rows.map(tombstoneOf);
  }

  /** Between batches: what those before have stored is seen, and those that follow see what is remembered here. */
  private exclusively<T>(work: (transaction: Transaction) => Promise<T>): Promise<T> {
    return this.unitOfWork.run(async (transaction) => {
      await transaction.query('select from history.projection as p for update');
      return work(transaction);
    });
  }
}

function tombstoneOf(row: TombstoneRow): Tombstone {
  return { accountId: row.account_id, kind: row.kind, subject: row.subject, expungedAt: row.expunged_at };
}

async function takePart(transaction: Transaction, tombstone: Tombstone): Promise<Omit<Expunged, 'complete'>> {
  const attempts = await take(transaction, 'attempts', 'attempted_at', tombstone);
  const deliveries = await take(transaction, 'deliveries', 'created_at', tombstone);
  const eventIds = [...new Set([...attempts, ...deliveries])];
  const bodies = await takeUnused(transaction, 'bodies', 'attempts', 'body_key', tombstone.accountId, eventIds);
  const events = await takeUnused(transaction, 'events', 'deliveries', 'event_key', tombstone.accountId, eventIds);
  const unmatched = await takeUnmatched(transaction, tombstone);
  if (attempts.length + deliveries.length + unmatched === 0) await takeSums(transaction, tombstone);
  return { attempts: attempts.length, deliveries: deliveries.length, bodies, events: events + unmatched };
}

/** @returns the event of each row that was taken out */
async function take(
  transaction: Transaction,
  table: 'attempts' | 'deliveries',
  time: 'attempted_at' | 'created_at',
  { accountId, kind, subject, expungedAt }: Tombstone,
): Promise<string[]> {
  const before = kind === 'event' ? [] : [expungedAt];
  const rows = await transaction.query<{ event_id: string }[]>(
    `with gone as (
       delete from history.${table} as t where t.id = any(array(
         select c.id from history.${table} as c where c.account_id = $1 and c.${COLUMN[kind]} = $2
            ${before.length > 0 ? `and c.${time} <= $3` : ''} limit ${AT_ONCE})) returning t.event_id
     ) select g.event_id from gone as g`,
    [accountId, subject, ...before],
  );
  return rows.map(({ event_id }) => event_id);
}

// An event that no webhook wanted is there without deliveries too.
const UNNEEDED = { bodies: '', events: 'and t.unmatched_at is null' } as const;

/** Bodies and events of which nothing else of the account has need. */
async function takeUnused(
  transaction: Transaction,
  table: 'bodies' | 'events',
  user: 'attempts' | 'deliveries',
  reference: 'body_key' | 'event_key',
  accountId: string,
  eventIds: readonly string[],
): Promise<number> {
  if (eventIds.length === 0) return 0;
  const [row] = await transaction.query<{ count: number }[]>(
    `with gone as (
       delete from history.${table} as t where t.account_id = $1 and t.event_id = any($2::text[]) ${UNNEEDED[table]}
          and not exists (select from history.${user} as u where u.event_id = t.event_id and u.${reference} = t.key) returning 1
     ) select count(*)::integer as count from gone`,
    [accountId, eventIds],
  );
  return row!.count;
}

/** Events that no webhook wanted, unless they have deliveries. @returns how many */
async function takeUnmatched(transaction: Transaction, { accountId, kind, subject, expungedAt }: Tombstone): Promise<number> {
  if (kind === 'webhook') return 0;
  const [condition, value] = kind === 'event' ? ['t.event_id = $2', subject] : ['t.unmatched_at <= $2', expungedAt];
  const [row] = await transaction.query<{ count: number }[]>(
    `with gone as (
       delete from history.events as e where e.key = any(array(
         select t.key from history.events as t where t.account_id = $1 and t.unmatched_at is not null and ${condition}
            and not exists (select from history.deliveries as d where d.event_id = t.event_id and d.event_key = t.key) limit ${AT_ONCE})) returning 1
     ) select count(*)::integer as count from gone`,
    [accountId, value],
  );
  return row!.count;
}

/** What is known of the subject beside its rows. */
async function takeSums(transaction: Transaction, { accountId, kind, subject, expungedAt }: Tombstone): Promise<void> {
  const parameters = [accountId, subject, expungedAt];
  const ofSubject = `t.account_id = $1 and t.${COLUMN[kind]} = $2`;
  await transaction.query(
    `delete from history.webhook_activity as t where ${ofSubject} and ${kind === 'event' ? '$3::timestamptz is not null' : 't.attempted_at <= $3'}`,
    parameters,
  );
  if (kind !== 'event') {
    // The bucket of that moment goes as a whole.
    await transaction.query(`delete from history.stat_buckets as t where ${ofSubject} and t.start <= $3`, parameters);
    await transaction.query(`delete from history.circuits as t where ${ofSubject} and t.changed_at <= $3`, parameters);
  }
  if (kind === 'account') {
    await transaction.query(`delete from history.event_type_days as t where ${ofSubject} and t.day <= $3::timestamptz::date`, parameters);
    await transaction.query(`delete from history.backlog_samples as t where ${ofSubject} and t.start <= $3`, parameters);
  }
}
