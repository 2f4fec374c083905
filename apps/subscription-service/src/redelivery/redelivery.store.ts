import type { Redelivery, RedeliveryResults, RedeliveryStatus } from './redelivery.js';
import type { Gathered, RedeliveryItem } from './redelivery-items.js';

/** A redelivery that this process works on. */
export interface HeldRedelivery extends Redelivery {
  readonly gathered: Gathered;
}

export interface RedeliveryQuery {
  readonly webhookId?: string | undefined;
  readonly status?: RedeliveryStatus | undefined;
  readonly before?: string | undefined;
  readonly limit: number;
}

/** Where redeliveries live. One of another account is not there. */
export abstract class RedeliveryStore {
  /** @param items of one that is not `preparing` */
  abstract add(redelivery: Redelivery, items?: readonly RedeliveryItem[]): Promise<void>;

  abstract find(accountId: string, id: string): Promise<Redelivery | undefined>;

  /** How those that were sent have ended so far. */
  abstract results(id: string): Promise<RedeliveryResults>;

  /** Newest first. */
  abstract list(accountId: string, query: RedeliveryQuery): Promise<Redelivery[]>;

  /** Ends one that has not ended. @returns undefined when it has */
  abstract end(id: string, status: 'completed' | 'cancelled' | 'failed', problem: string | null): Promise<Redelivery | undefined>;

  /** Takes what waits for work and nobody else holds, oldest first, for a time; renews what this holder has. */
  abstract hold(holder: string, leaseMs: number, limit: number): Promise<HeldRedelivery[]>;

  /** Lets go of all that this holder has. */
  abstract release(holder: string): Promise<void>;

  /** All of it is there: it can run. */
  abstract start(id: string): Promise<void>;

  /** Why it does not go on for now; null: it does. */
  abstract obstacle(id: string, problem: string | null): Promise<void>;

  /** Forgets redeliveries that ended so many days ago. */
  abstract forgetEnded(days: number): Promise<void>;
}
