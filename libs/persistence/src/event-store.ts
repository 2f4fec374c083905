import type { EntityManager } from 'typeorm';
import { AppError } from '#libs/kernel';
import './persistence.errors.js';

/** A feature's own events: a name and data that survive JSON. */
export interface StorableEvent {
  readonly type: string;
  readonly data: object;
}

/** An event with its place in its stream. */
export type StoredEvent<Event extends StorableEvent = StorableEvent> = Event & {
  readonly streamId: string;
  /** 1, 2, 3, … without gaps. */
  readonly version: number;
  readonly actor: string;
  /** RFC 3339, UTC. */
  readonly occurredAt: string;
};

export interface Append<Event extends StorableEvent> {
  readonly streamId: string;
  /** The version the caller has seen; 0 for a new stream. */
  readonly expectedVersion: number;
  readonly events: readonly Event[];
  /** Who caused them, such as `admin` or `key:key_01k…`. */
  readonly actor: string;
  /** RFC 3339. */
  readonly occurredAt: string;
}

interface EventRow {
  readonly stream_id: string;
  readonly version: number;
  readonly type: string;
  readonly data: object;
  readonly actor: string;
  readonly occurred_at: Date;
}

const COLUMNS = 'e.stream_id, e.version, e.type, e.data, e.actor, e.occurred_at';

/**
 * Streams of events in one table: `stream_id text, version integer, type text, data json, actor text, occurred_at
 * timestamptz`, primary key `(stream_id, version)`.
 *
 * A stream's version N+1 is written only by a transaction that sees N committed (or wrote it itself): whoever comes too
 * early or too late gets `CONCURRENT_CHANGE`. The outbox relies on that to keep the order of a stream.
 */
export class EventStore<Event extends StorableEvent> {
  /** @param table qualified by its schema */
  constructor(private readonly table: string) {}

  /** @throws AppError `CONCURRENT_CHANGE` when the stream is not at `expectedVersion`; the transaction must then be given up */
  async append(transaction: EntityManager, append: Append<Event>): Promise<StoredEvent<Event>[]> {
    const { streamId, expectedVersion, events, actor, occurredAt } = append;
    // The check refuses gaps: without it a caller who merely guesses a version could write N+1 beside an uncommitted N.
    // The conflict clause waits for a rival with the same version, and turns its commit into fewer rows instead of an error.
    const rows: { version: number }[] = await transaction.query(
      `insert into ${this.table} as e (stream_id, version, type, data, actor, occurred_at)
       select $1, $2::int + n.position, n.type, n.data::json, $5, $6::timestamptz
         from unnest($3::text[], $4::text[]) with ordinality as n (type, data, position)
        where $2::int = (select coalesce(max(p.version), 0) from ${this.table} as p where p.stream_id = $1)
       on conflict (stream_id, version) do nothing
       returning e.version`,
      [streamId, expectedVersion, events.map((event) => event.type), events.map((event) => JSON.stringify(event.data)), actor, occurredAt],
    );
    if (rows.length !== events.length) {
      throw new AppError('CONCURRENT_CHANGE', `${streamId} is no longer at version ${expectedVersion}`);
    }
    return events.map((event, index) => ({ ...event, streamId, version: expectedVersion + index + 1, actor, occurredAt }));
  }

  /** A stream from its beginning; empty when there is none. */
  async read(manager: EntityManager, streamId: string): Promise<StoredEvent<Event>[]> {
    const rows: EventRow[] = await manager.query(`select ${COLUMNS} from ${this.table} as e where e.stream_id = $1 order by e.version`, [
      streamId,
    ]);
    return rows.map((row) => stored<Event>(row));
  }

  /** Every event of every stream, each stream in order and in one piece, read in bounded batches. */
  async *scan(manager: EntityManager, batchSize = 1_000): AsyncGenerator<StoredEvent<Event>> {
    let last: { streamId: string; version: number } = { streamId: '', version: 0 };
    for (;;) {
      const rows: EventRow[] = await manager.query(
        `select ${COLUMNS} from ${this.table} as e where (e.stream_id, e.version) > ($1, $2) order by e.stream_id, e.version limit $3`,
        [last.streamId, last.version, batchSize],
      );
      for (const row of rows) yield stored<Event>(row);
      const end = rows.at(-1);
      if (!end || rows.length < batchSize) return;
      last = { streamId: end.stream_id, version: end.version };
    }
  }
}

function stored<Event extends StorableEvent>(row: EventRow): StoredEvent<Event> {
  return {
    type: row.type,
    data: row.data,
    streamId: row.stream_id,
    version: row.version,
    actor: row.actor,
    occurredAt: row.occurred_at.toISOString(),
  } as StoredEvent<Event>;
}
