import { Client } from 'pg';
import { AppError } from '#libs/kernel';
import { databaseError } from './database-error.js';
import type { OutboxRecord } from './outbox.js';
import './persistence.errors.js';

export interface OutboxReaderOptions {
  readonly url: string;
  /** Qualified by its schema. */
  readonly table: string;
  readonly applicationName: string;
}

export interface PendingRecord extends OutboxRecord {
  readonly id: string;
}

const CONNECT_TIMEOUT_MS = 2_000;
const QUERY_TIMEOUT_MS = 6_000;

/**
 * The relay's side of the outbox. One reader at a time leads, by an advisory lock on a session of its own; everything
 * it reads and removes goes over that same session, so that a lost connection is a lost lead and a former leader
 * cannot touch the table any more.
 *
 * What `next` hands out, and why nothing is lost or overtaken:
 * - Rows leave only by `remove`, after the broker acknowledged them. A row that becomes visible late, with a lower id
 *   than rows already gone, is simply found by the next poll: there is no "last id seen".
 * - Rows are taken in order of id. Ids of one stream rise with its versions (see `Outbox.add`), and a snapshot that sees
 *   version 2 sees version 1, or it was published and removed before. Ordering by transaction id would be wrong: a
 *   transaction that drew its id early may append version 2 after a later one appended version 1.
 */
export class OutboxReader {
  private session: Client | undefined;
  private leading = false;

  constructor(private readonly options: OutboxReaderOptions) {}

  /** Whether this reader leads; takes the lead when nobody has it. @throws AppError `DATABASE_UNAVAILABLE` */
  async tryLead(): Promise<boolean> {
    if (this.leading) return true;
    const rows = await this.query<{ locked: boolean }>('select pg_try_advisory_lock(hashtextextended($1, 0)) as locked', [
      this.options.table,
    ]);
    this.leading = rows[0]?.locked === true && this.session !== undefined;
    return this.leading;
  }

  /**
   * The records to publish next, oldest first. They stay until `remove`.
   * @throws AppError `DATABASE_UNAVAILABLE`, also when the lead was lost
   */
  async next(limit: number): Promise<PendingRecord[]> {
    this.requireLead();
    return this.query<PendingRecord>(
      `select o.id, o.topic, o.key, o.value, o.headers from ${this.options.table} as o order by o.id limit $1`,
      [limit],
    );
  }

  /** Forgets records that the broker has acknowledged. @throws AppError `DATABASE_UNAVAILABLE`, also when the lead was lost */
  async remove(ids: readonly string[]): Promise<void> {
    this.requireLead();
    await this.query(`delete from ${this.options.table} as o where o.id = any($1::bigint[])`, [ids]);
  }

  /** Ends the session and with it the lead. */
  async close(): Promise<void> {
    const session = this.session;
    this.drop(session);
    await session?.end().catch(() => undefined);
  }

  private requireLead(): void {
    if (!this.leading) throw new AppError('DATABASE_UNAVAILABLE', 'this process does not lead the outbox', { retryAfterSeconds: 1 });
  }

  private async query<Row extends object>(sql: string, values: unknown[]): Promise<Row[]> {
    const session = this.session ?? (await this.connect());
    try {
      return (await session.query<Row>(sql, values)).rows;
    } catch (cause) {
      // After any fault the state of the session is unknown. Ending it frees the lock on the server as well.
      this.drop(session);
      session.end().catch(() => undefined);
      throw databaseError(cause);
    }
  }

  private async connect(): Promise<Client> {
    const session = new Client({
      connectionString: this.options.url,
      application_name: this.options.applicationName,
      connectionTimeoutMillis: CONNECT_TIMEOUT_MS,
      query_timeout: QUERY_TIMEOUT_MS,
      keepAlive: true,
    });
    session.on('error', () => this.drop(session));
    session.on('end', () => this.drop(session));
    try {
      await session.connect();
      // The server notices a vanished leader within half a minute instead of hours and gives its lock to another.
      await session.query('set tcp_keepalives_idle = 10; set tcp_keepalives_interval = 5; set tcp_keepalives_count = 3');
    } catch (cause) {
      session.end().catch(() => undefined);
      throw databaseError(cause);
    }
    this.session = session;
    return session;
  }

  private drop(session: Client | undefined): void {
    if (session !== this.session) return;
    this.session = undefined;
    this.leading = false;
  }
}
