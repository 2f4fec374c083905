import type { DeliveryAttemptedV1 } from '#libs/contracts';
import type { BatchContext } from '#libs/messaging';

/** What the topics tell of deliveries that an earlier owner of the partition worked on. */
export interface Traces {
  /** Tails of the ids of deliveries that have an outcome, with its time in milliseconds since the epoch. */
  readonly ended: ReadonlyMap<string, number>;
  /** Records (`recordKey`) whose delivery was handed over to the due table. */
  readonly done: ReadonlySet<string>;
  /** Attempts (`<tail>.<attempt>`) that were made and told, and after which nothing was written any more. */
  readonly attempted: ReadonlyMap<string, DeliveryAttemptedV1>;
}

export const NO_TRACES: Traces = { ended: new Map(), done: new Set(), attempted: new Map() };

/** The name of one record of a delivery. */
export function recordKey(tail: string, attempt: number, wait: number): string {
  return `${tail}.${attempt}.${wait}`;
}

/** Looks up what was done for the records of a partition; an abstract class so that it is its own injection token. */
export abstract class DeliveryTraces {
  /**
   * What was written since the first record that was not committed; never rejects, and finds nothing in a partition that
   * is lost. @param since when that record was written, in milliseconds since the epoch
   */
  abstract since(context: BatchContext, since: number): Promise<Traces>;
}
