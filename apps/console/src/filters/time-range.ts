import type { Zone } from '../shown';

/** A span of time as an address says it: up to now, or between two times. */
export interface TimeRange {
  readonly range?: RangeName;
  /** RFC 3339. */
  readonly from?: string;
  readonly to?: string;
}

const HOUR_MS = 3_600_000;
const RANGES = { '1h': HOUR_MS, '24h': 24 * HOUR_MS, '7d': 7 * 24 * HOUR_MS, '30d': 30 * 24 * HOUR_MS } as const;
export type RangeName = keyof typeof RANGES;
export const RANGE_NAMES = Object.keys(RANGES) as readonly RangeName[];

/** Reads an address that anyone may have typed; a named span outweighs two times. */
export function timeRangeOf(given: Readonly<Record<string, unknown>>): TimeRange {
  const range = RANGE_NAMES.find((name) => name === given.range);
  if (range) return { range };
  const from = isoOf(given.from);
  const to = isoOf(given.to);
  return { ...(from ? { from } : {}), ...(to ? { to } : {}) };
}

/** What a list is asked for. A span up to now begins anew with each call. */
export function timeQuery({ range, from, to }: TimeRange, now = Date.now()): { readonly from?: string; readonly to?: string } {
  if (range) return { from: new Date(now - RANGES[range]).toISOString() };
  return { ...(from ? { from } : {}), ...(to ? { to } : {}) };
}

export function isWithin(time: string, range: TimeRange, now = Date.now()): boolean {
  const { from, to } = timeQuery(range, now);
  const at = Date.parse(time);
  return (from === undefined || at >= Date.parse(from)) && (to === undefined || at < Date.parse(to));
}

/** The value of a `datetime-local` field for a time: `2026-11-21T10:15`, in the zone that times are shown in. */
export function fieldOf(iso: string | undefined, zone: Zone): string {
  if (iso === undefined) return '';
  const time = new Date(iso);
  const shifted = zone === 'utc' ? time : new Date(time.getTime() - time.getTimezoneOffset() * 60_000);
  return shifted.toISOString().slice(0, 16);
}

/** The time that a `datetime-local` field says; undefined for an empty or half-typed one. */
export function timeOfField(value: string, zone: Zone): string | undefined {
  if (!/^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}/.test(value)) return undefined;
  return isoOf(zone === 'utc' ? `${value}Z` : value);
}

function isoOf(text: unknown): string | undefined {
  const time = typeof text === 'string' ? new Date(text) : undefined;
  return time && !Number.isNaN(time.getTime()) ? time.toISOString() : undefined;
}
