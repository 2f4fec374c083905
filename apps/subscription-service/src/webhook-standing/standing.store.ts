import type { CircuitRow } from '../history-schema/index.js';
import type { LastEvent } from './standing.js';

export interface HourRow {
  readonly webhookId: string;
  /** Milliseconds since the epoch. */
  readonly start: number;
  readonly succeeded: number;
  readonly failed: number;
}

/** The latest attempts of a webhook and what waits for it. */
export interface Trouble {
  readonly webhookId: string;
  readonly recentAttempts: number;
  readonly recentFailures: number;
  readonly waiting: number;
}

/** Where the history says how webhooks stand. */
export abstract class StandingStore {
  abstract lastEvents(accountId: string, webhookIds: readonly string[]): Promise<ReadonlyMap<string, LastEvent>>;

  /** Counts by hour from an hour on. @param from milliseconds since the epoch */
  abstract hours(accountId: string, webhookIds: readonly string[], from: number): Promise<readonly HourRow[]>;

  abstract circuits(accountId: string, webhookIds: readonly string[]): Promise<ReadonlyMap<string, CircuitRow>>;

  /** The webhooks of an account whose circuit is in one of these states. */
  abstract withCircuit(accountId: string, circuits: readonly CircuitRow['circuit'][]): Promise<readonly string[]>;

  /** Of webhooks that are known to be the caller's. @param most how far the waiting deliveries of each are counted */
  abstract troubles(webhookIds: readonly string[], most: number): Promise<readonly Trouble[]>;
}
