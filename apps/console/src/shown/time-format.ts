import type { Zone } from './zone';

const SECOND_MS = 1000;
const MINUTE_MS = 60 * SECOND_MS;
const HOUR_MS = 60 * MINUTE_MS;
const DAY_MS = 24 * HOUR_MS;
const STEPS = [
  [45 * SECOND_MS, SECOND_MS, 'second'],
  [45 * MINUTE_MS, MINUTE_MS, 'minute'],
  [22 * HOUR_MS, HOUR_MS, 'hour'],
  [26 * DAY_MS, DAY_MS, 'day'],
  [320 * DAY_MS, 30.4 * DAY_MS, 'month'],
  [Infinity, 365 * DAY_MS, 'year'],
] as const;

// Making one takes some hundred times as long as using it, and a page names hundreds of times.
const relativeFormats = new Map<string, Intl.RelativeTimeFormat>();
const dateFormats = new Map<string, Intl.DateTimeFormat>();

function relativeFormat(locale: string): Intl.RelativeTimeFormat {
  const known = relativeFormats.get(locale) ?? new Intl.RelativeTimeFormat(locale, { numeric: 'auto', style: 'short' });
  relativeFormats.set(locale, known);
  return known;
}

function dateFormat(name: string, options: Intl.DateTimeFormatOptions, zone: Zone, locale: string): Intl.DateTimeFormat {
  const key = `${name} ${zone} ${locale}`;
  const known = dateFormats.get(key) ?? new Intl.DateTimeFormat(locale, { ...options, timeZone: zone === 'utc' ? 'UTC' : undefined });
  dateFormats.set(key, known);
  return known;
}

/** “3 min. ago”, “in 5 min.”: how far a time is from now, in the largest unit that tells it apart. */
export function relativeTime(time: number, now: number, locale: string): string {
  const distance = time - now;
  const [, unitMs, unit] = STEPS.find(([limit]) => Math.abs(distance) < limit)!;
  // Less than five seconds is now: clocks differ by as much.
  return relativeFormat(locale).format(Math.abs(distance) < 5 * SECOND_MS ? 0 : Math.round(distance / unitMs), unit);
}

/** The exact time in ISO form with the zone's offset: `2026-11-21T10:03:07.120+01:00`, in UTC with `Z`. */
export function isoTime(time: Date, zone: Zone): string {
  if (zone === 'utc') return time.toISOString();
  const offset = -time.getTimezoneOffset();
  const shifted = new Date(time.getTime() + offset * MINUTE_MS).toISOString().slice(0, -1);
  const digits = (value: number) => String(Math.floor(Math.abs(value))).padStart(2, '0');
  return `${shifted}${offset < 0 ? '-' : '+'}${digits(offset / 60)}:${digits(offset % 60)}`;
}

/** Time of day, with the day when it is not the one of `now`: `12:03`, `20 Nov, 12:03`. */
export function clockTime(time: Date, now: Date, zone: Zone, locale: string): string {
  const day = dateFormat('day', { dateStyle: 'short' }, zone, locale);
  const isToday = day.format(time) === day.format(now);
  const clock: Intl.DateTimeFormatOptions = { hour: '2-digit', minute: '2-digit', hourCycle: 'h23' };
  return isToday
    ? dateFormat('clock', clock, zone, locale).format(time)
    : dateFormat('day and clock', { ...clock, day: 'numeric', month: 'short' }, zone, locale).format(time);
}

/** Day and time to the second: `21 Nov 2026, 12:03:07`. */
export function fullTime(time: Date, zone: Zone, locale: string): string {
  return dateFormat('full', { dateStyle: 'medium', timeStyle: 'medium', hourCycle: 'h23' }, zone, locale).format(time);
}
