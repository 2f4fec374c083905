import type { RawCounts } from './stat-counts.js';
import type { StatRange } from './stat-range.js';

export interface CountedBucket extends RawCounts {
  /** Milliseconds since the epoch. */
  readonly start: number;
}

/** Where attempts are counted by time. */
export abstract class StatStore {
  /** Oldest first; buckets without attempts are not there. @param webhookId undefined: of every webhook */
  abstract buckets(accountId: string, webhookId: string | undefined, range: StatRange): Promise<CountedBucket[]>;

  /** The most deliveries of an account that waited at once, by the start of the bucket; those in which nobody counted are not there. */
  abstract backlog(accountId: string, range: StatRange): Promise<ReadonlyMap<number, number>>;
}
