import type { MembershipRules } from './membership-rules.js';
import type { RetryRules } from './record-retry.js';
import type { WindowLimits } from './work-queue.js';

export interface ConsumerRunnerOptions {
  readonly groupId: string;
  /** Full name on the broker. */
  readonly deadLetterTopic: string;
  /** Unfinished records of one partition past which it is not fetched. */
  readonly window?: Partial<WindowLimits> | undefined;
  /** Bytes of unfinished records of all partitions together. */
  readonly mostBytes?: number | undefined;
  readonly retry?: Partial<RetryRules> | undefined;
  readonly membership?: Partial<MembershipRules> | undefined;
  /** How long work in flight may take to end before a rebalance goes on without it; longer than one attempt's deadline. */
  readonly rebalanceDrainMs?: number | undefined;
  /** The same when the process stops. */
  readonly closeDrainMs?: number | undefined;
  readonly commitIntervalMs?: number | undefined;
}

export const RUNNER_DEFAULTS = {
  window: { records: 500, bytes: 8 * 1024 * 1024, span: 10_000 },
  mostBytes: 64 * 1024 * 1024,
  rebalanceDrainMs: 20_000,
  closeDrainMs: 20_000,
  commitIntervalMs: 250,
};
