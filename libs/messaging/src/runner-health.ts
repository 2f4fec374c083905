export interface Health {
  /** Whether it does its work now. */
  readonly ready: boolean;
  /** Whether it can be expected to do it again without the process being restarted. */
  readonly live: boolean;
  readonly detail: string;
}

export interface RunnerState {
  readonly now: number;
  readonly started: boolean;
  /** A member of the group with its lease held. */
  readonly joined: boolean;
  /** When the fetch loop last went round, or a member was started or joined. */
  readonly tickedAt: number;
  /** Of each partition: handler calls without an outcome, and when something last finished. */
  readonly partitions: readonly { readonly name: string; readonly running: number; readonly progressAt: number; readonly lag: number }[];
  readonly publisherReady: boolean;
  /** Consecutive crashes that an outage does not explain. */
  readonly crashes: number;
  readonly lastError: string | undefined;
}

const STALL_MS = 60_000;
// Longer than the runner waits before it replaces a member whose loop stands still.
const LOOP_STALL_MS = 120_000;
const MANY_CRASHES = 10;

/**
 * Reads health off a runner's state. Waiting is not being stuck: records held for later, a broker that is away and a
 * publisher that waits for it leave the process live, because a restart would cure none of them.
 */
export function runnerHealth(state: RunnerState): Health {
  const lag = state.partitions.reduce((sum, { lag }) => sum + lag, 0);
  const stuck = state.publisherReady ? state.partitions.filter((p) => p.running > 0 && state.now - p.progressAt > STALL_MS) : [];
  const looping = !state.started || state.now - state.tickedAt < LOOP_STALL_MS;
  const live = looping && stuck.length === 0 && state.crashes < MANY_CRASHES;
  const faults = [
    ...(state.joined ? [] : ['not in the group']),
    ...(looping ? [] : ['the fetch loop stands still']),
    ...stuck.map(({ name }) => `no progress on ${name}`),
    ...(state.publisherReady ? [] : ['cannot publish']),
    ...(state.crashes > 0 ? [`${state.crashes} crashes`] : []),
    ...(state.lastError && !state.joined ? [state.lastError] : []),
  ];
  return {
    ready: state.started && state.joined && live && state.publisherReady,
    live,
    detail: faults.length > 0 ? faults.join('; ') : `lag ${lag}`,
  };
}
