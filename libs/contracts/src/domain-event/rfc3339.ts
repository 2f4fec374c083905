const FORM = /^(\d{4})-(\d\d)-(\d\d)[Tt](\d\d):(\d\d):(\d\d)(?:\.\d{1,30})?(?:[Zz]|[+-](\d\d):(\d\d))$/;
const LATEST_MS = Date.UTC(9999, 11, 31, 23, 59, 59, 999);

/**
 * Milliseconds since the Unix epoch of an RFC 3339 time (negative before 1970, digits past the milliseconds cut off),
 * or undefined when the text is none. A leap second (`:60`) is none: no clock here could hold it.
 */
export function parseRfc3339(text: string): number | undefined {
  const parts = FORM.exec(text);
  if (!parts) return undefined;
  const [year, month, day, hour, minute, second, offsetHour = 0, offsetMinute = 0] = parts.slice(1).map((part) => Number(part ?? 0));
  const possible =
    month! >= 1 &&
    month! <= 12 &&
    day! >= 1 &&
    day! <= daysIn(year!, month!) &&
    hour! <= 23 &&
    minute! <= 59 &&
    second! <= 59 &&
    offsetHour <= 23 &&
    offsetMinute <= 59;
  return possible ? Date.parse(text.toUpperCase()) : undefined;
}

/** A record's timestamp as RFC 3339 in UTC with milliseconds; what lies outside the years 1970–9999 becomes their first or last moment. */
export function printRfc3339(ms: number): string {
  return new Date(Math.min(Math.max(ms, 0), LATEST_MS) || 0).toISOString();
}

function daysIn(year: number, month: number): number {
  if (month === 2) return (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0 ? 29 : 28;
  return month === 4 || month === 6 || month === 9 || month === 11 ? 30 : 31;
}
