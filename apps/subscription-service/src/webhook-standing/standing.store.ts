import type { CircuitRow } from '../history-schema/index.js';
import type { Trouble } from './health-state.js';
import type { LastEvent } from './standing.js';

export interface HourRow {
  readonly webhookId: string;
  /** Milliseconds since the epoch. */
  readonly start: number;
  readonly succeeded: number;
  readonly failed: number;
}

/** How the endpoint of a webhook does, leaving aside whether the webhook is enabled. */
export type KnownCircuit = CircuitRow & { readonly trouble: Trouble | null };

/** The latest attempts of a webhook. */
export interface RecentAttempts {
  readonly webhookId: string;
  readonly recentAttempts: number;
  readonly recentFailures: number;
}

/** Where the history says how webhooks stand. */
export abstract class StandingStore {
  abstract lastEvents(accountId: string, webhookIds: readonly string[]): Promise<ReadonlyMap<string, LastEvent>>;

  /** Counts by hour from an hour on. @param from milliseconds since the epoch */
  abstract hours(accountId: string, webhookIds: readonly string[], from: number): Promise<readonly HourRow[]>;

  /** @param failingBefore a streak of failures that began earlier is trouble */
  abstract circuits(accountId: string, webhookIds: readonly string[], failingBefore: Date): Promise<ReadonlyMap<string, KnownCircuit>>;

  /** The webhooks of an account whose endpoints are in one of these troubles. */
  abstract inTrouble(accountId: string, troubles: readonly Trouble[], failingBefore: Date): Promise<readonly string[]>;

  /** Of webhooks that are known to be the caller's. */
  abstract recentAttempts(webhookIds: readonly string[]): Promise<readonly RecentAttempts[]>;

  /** How many deliveries wait, of webhooks that are known to be the caller's. @param most how far those of each are counted */
  abstract waiting(webhookIds: readonly string[], most: number): Promise<ReadonlyMap<string, number>>;
}
