import { headOf } from '../history-schema/index.js';

/** A table that is partitioned by day, and how a day is written in its key. */
export interface DayTable {
  readonly table: string;
  /** The column that is the partition key. */
  readonly key: string;
  /** The lowest key of a day. @param day milliseconds since the epoch of its beginning, UTC */
  readonly bound: (day: number) => string;
  /** How a partition is stored. */
  readonly storage: string;
}

export const DAY_MS = 86_400_000;

const byId = (table: string, key: string, prefix: string, storage = ''): DayTable => ({
  ...{ table, key, storage },
  bound: (day) => `${prefix}_${headOf(day)}`,
});

export const DAY_TABLES: readonly DayTable[] = [
  byId('attempts', 'id', 'att'),
  // Room for the outcome that follows the last attempt: it changes nothing that has an index.
  byId('deliveries', 'id', 'dlv', ' with (fillfactor = 85)'),
  byId('bodies', 'key', 'bd'),
  byId('events', 'key', 'ev'),
  { table: 'stat_buckets', key: 'start', bound: (day) => new Date(day).toISOString(), storage: ' with (fillfactor = 70)' },
];

/** The beginning of the day of a time, both in milliseconds since the epoch, UTC. */
export function dayOf(time: number): number {
  return Math.floor(time / DAY_MS) * DAY_MS;
}

/** The name of a day's partition, such as `attempts_20261121`. */
export function partitionName(table: string, day: number): string {
  return `${table}_${new Date(day).toISOString().slice(0, 10).replaceAll('-', '')}`;
}

/** The day of a partition, undefined of one that is not of a day. */
export function partitionDay(table: string, partition: string): number | undefined {
  const found = new RegExp(`^${table}_(\\d{4})(\\d{2})(\\d{2})$`).exec(partition);
  return found ? Date.UTC(Number(found[1]), Number(found[2]) - 1, Number(found[3])) : undefined;
}
