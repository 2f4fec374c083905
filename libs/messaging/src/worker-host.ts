import type { ReceivedRecord } from '#libs/contracts';
import type { BatchContext, RecordOutcome } from './handler.js';
import type { LogFunction } from './kafka-settings.js';
import type { Lease } from './lease.js';
import type { RetryRules } from './record-retry.js';
import type { WindowLimits } from './work-queue.js';

export type MaybePromise<T> = T | Promise<T>;

/** A handler as the runner calls it; the list may itself be promised, as Nest wraps what controllers return. */
export type Dispatch = (records: readonly ReceivedRecord[], context: BatchContext) => MaybePromise<readonly MaybePromise<RecordOutcome>[]>;

/** What a worker needs from the runner that owns it. */
export interface WorkerHost<Worker = unknown> {
  readonly dispatch: Dispatch;
  readonly window: WindowLimits;
  readonly retry: RetryRules;
  readonly lease: Lease;
  readonly log: LogFunction;
  /** Resolves once the record is acknowledged on the dead-letter topic. */
  deadLetter(record: ReceivedRecord, reason: string): Promise<void>;
  /** Whether no new work may be begun for now. */
  holding(): boolean;
  /** There may be work to begin, room in the window, or something to commit. Must not call back at once. */
  progressed(worker: Worker): void;
  /** A handler learned that the partition may be lost; the worker is closed and what it had must be read again. */
  gaveUp(worker: Worker): void;
  counted(outcome: string): void;
}
