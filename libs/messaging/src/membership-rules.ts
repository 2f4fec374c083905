export interface MembershipRules {
  /** Milliseconds without a heartbeat after which the coordinator gives the partitions away. */
  readonly sessionMs: number;
  readonly heartbeatMs: number;
  /** How long the coordinator waits for members to join again: what they may take to drain. */
  readonly rebalanceMs: number;
  /** Longest wait of a fetch that finds nothing; it answers at once when records come. */
  readonly longPollMs: number;
  /** The same while some partition is paused, which bounds how long a resumed partition stays unread. */
  readonly pausedPollMs: number;
  readonly fetchBytes: number;
  readonly fetchBytesPerPartition: number;
}

export const MEMBERSHIP_DEFAULTS = {
  sessionMs: 15_000,
  heartbeatMs: 2_000,
  rebalanceMs: 60_000,
  longPollMs: 1_000,
  pausedPollMs: 50,
  // A fetch is decoded at once and beyond what the window takes only waits: more of it is memory and no throughput.
  fetchBytes: 1024 * 1024,
  fetchBytesPerPartition: 256 * 1024,
} satisfies MembershipRules;
