import { durationMs } from './duration';

/** Each delay is varied by so much of itself, so that receivers are not hit by all retries at once. */
export const JITTER = 0.2;

export interface PlannedAttempt {
  /** 1 is the first attempt, at once. */
  readonly attempt: number;
  /** Milliseconds after the attempt before it. */
  readonly delayMs: number;
  /** Milliseconds after the first attempt, without jitter. */
  readonly afterMs: number;
}

/** When each attempt is made; undefined as soon as a delay cannot be read. */
export function plannedAttempts(schedule: readonly string[]): PlannedAttempt[] | undefined {
  const planned: PlannedAttempt[] = [{ attempt: 1, delayMs: 0, afterMs: 0 }];
  for (const delay of schedule) {
    const delayMs = durationMs(delay);
    if (delayMs === undefined) return undefined;
    const last = planned[planned.length - 1]!;
    planned.push({ attempt: last.attempt + 1, delayMs, afterMs: last.afterMs + delayMs });
  }
  return planned;
}
