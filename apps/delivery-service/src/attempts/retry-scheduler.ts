import type { BatchContext } from '#libs/messaging';
import type { Delivery } from './delivery.js';

/** What is to be tried again, and when. */
export interface Retry {
  readonly delivery: Delivery;
  /** Milliseconds since the epoch. */
  readonly dueAt: number;
}

/** Keeps a failed delivery until its next attempt is due; an abstract class so that it is its own injection token. */
export abstract class RetryScheduler {
  /**
   * Resolves once the retry is safe to leave to this scheduler: with the delivery itself, when it is due and the caller
   * shall attempt it now; with undefined, when it is kept elsewhere and will come back as a record of its own.
   */
  abstract schedule(retry: Retry, context: BatchContext): Promise<Delivery | undefined>;
}
