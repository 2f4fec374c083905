import { durationMs } from '#libs/kernel';

/** A duration such as `30s`, `12h` or `5d`, in milliseconds. @throws Error naming the rule */
export function parseDuration(text: string): number {
  const ms = durationMs(text);
  if (!ms) throw new Error('must be a number above 0 with its unit: ms, s, m, h or d');
  return ms;
}

/** The delays of a `RETRY_SCHEDULE` as they are written, such as `5s`. */
export function retryDelays(schedule: string): string[] {
  return schedule.split(',').map((delay) => delay.trim());
}

/** The same in milliseconds. @throws Error naming the rule */
export function parseRetrySchedule(schedule: string): number[] {
  return retryDelays(schedule).map(parseDuration);
}
