import type { EntityManager } from 'typeorm';

/** A record that waits to be published, in no client's types. */
export interface OutboxRecord {
  /** Full name on the broker. */
  readonly topic: string;
  readonly key: string;
  /** `null` is a tombstone. */
  readonly value: Buffer | null;
  readonly headers: Readonly<Record<string, string>>;
}

/**
 * Records written in the same transaction as what they tell about, published afterwards by one relay.
 * Table: `id bigint generated always as identity primary key, topic text, key text, value bytea, headers json`. The identity must keep its default cache of 1: ids are then given out in
 * the order of the inserts, over all sessions.
 */
export class Outbox {
  /** @param table qualified by its schema */
  constructor(private readonly table: string) {}

  /**
   * Adds records, to be published in this order. Call it after `EventStore.append` of the same transaction: the append
   * waits for the stream's previous version to be committed, so ids of one stream rise with its versions.
   */
  async add(transaction: EntityManager, records: readonly OutboxRecord[]): Promise<void> {
    await transaction.query(
      `insert into ${this.table} (topic, key, value, headers)
       select n.topic, n.key, n.value, n.headers::json
         from unnest($1::text[], $2::text[], $3::bytea[], $4::text[]) with ordinality as n (topic, key, value, headers, position)
        order by n.position`,
      [
        records.map((record) => record.topic),
        records.map((record) => record.key),
        records.map((record) => record.value),
        records.map((record) => JSON.stringify(record.headers)),
      ],
    );
  }
}
