export interface BacklogSample {
  /** Unix milliseconds. */
  readonly at: number;
  readonly count: number;
}

// An hour of what the overview read, one sample in ten seconds. The server keeps the backlog of the moment alone.
const KEPT = 360;
const samples = new Map<string, readonly BacklogSample[]>();

/** Remembers how many deliveries waited. A sample that is not newer than the last one is passed over. */
export function noteBacklog(accountId: string, sample: BacklogSample): void {
  const before = samples.get(accountId) ?? [];
  if (before.length > 0 && before.at(-1)!.at >= sample.at) return;
  samples.set(accountId, [...before, sample].slice(-KEPT));
}

export function backlogSamples(accountId: string): readonly BacklogSample[] {
  return samples.get(accountId) ?? [];
}
