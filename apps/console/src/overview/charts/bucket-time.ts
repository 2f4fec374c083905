import type { TimeFormat } from '../../shown';

const DAY_SECONDS = 86_400;

/** A bar's time as the axis says it: the day where a bar is one, else the time of day, with the day in front where it changes. */
export function bucketTime(start: string, bucketSeconds: number, { clock, full }: Pick<TimeFormat, 'clock' | 'full'>): string {
  return bucketSeconds >= DAY_SECONDS ? full(start).replace(/,[^,]*$/, '') : clock(start);
}
