import type { ReceivedRecord } from '#libs/contracts';

/** What became of one record. Only the runner commits, and only past records that have an outcome. */
export type RecordOutcome =
  | { readonly kind: 'done' }
  /** Nothing to do; counted by reason. */
  | { readonly kind: 'skip'; readonly reason: string }
  /** Hand the record in again, not before `at` (milliseconds since the epoch). Its offset stays unfinished. */
  | { readonly kind: 'retryLater'; readonly at: number }
  /** Write it to the dead letters with this reason (a code of the error table), then count it as finished. */
  | { readonly kind: 'deadLetter'; readonly reason: string };

export const DONE: RecordOutcome = Object.freeze({ kind: 'done' });
export const skip = (reason: string): RecordOutcome => ({ kind: 'skip', reason });
export const retryLater = (at: number): RecordOutcome => ({ kind: 'retryLater', at });
export const deadLetter = (reason: string): RecordOutcome => ({ kind: 'deadLetter', reason });

/** What a handler may know about the partition its records came from. */
export interface BatchContext {
  readonly topic: string;
  readonly partition: number;
  /**
   * Aborted when this member no longer owns the partition or the process stops. Work that has not had an effect yet
   * should end; work that finishes later is fenced: check `lost()` before publishing what it caused.
   */
  readonly signal: AbortSignal;
  /**
   * Aborted when no more work shall begin for now: the group rebalances, or the process stops. What has not had an effect
   * yet is best answered `retryLater(0)`: left uncommitted, it is read by the next owner, or begun again here if there is
   * none; what is under way may finish. Read it anew for each piece of work: after a rebalance it is another signal.
   */
  readonly draining: AbortSignal;
  /** True once another member may own the partition. */
  lost(): boolean;
}

/**
 * Handles the records of one fetch from one partition, in order of offset. Returns one outcome, or a promise of one,
 * for each record, in the same order; records are worked on concurrently and may finish in any order.
 * A rejected promise with a retryable AppError is tried again with growing delays; any other rejection is tried a few
 * times and then becomes a dead letter `HANDLER_FAILED`, so that one record never blocks a partition for ever.
 */
export type BatchHandler = (
  records: readonly ReceivedRecord[],
  context: BatchContext,
) => readonly (RecordOutcome | Promise<RecordOutcome>)[];
