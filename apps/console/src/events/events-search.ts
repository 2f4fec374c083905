import { defined, searchChoice, searchText } from '../filters/search-text';
import { type TimeRange, timeRangeOf } from '../filters/time-range';

/** What the address of the events says. Only what is set stands in it. */
export interface EventsSearch extends TimeRange {
  readonly type?: string;
  readonly id?: string;
  /** Only those that no webhook wanted. */
  readonly unmatched?: true;
  readonly cursor?: string;
}

export function eventsSearch(given: Readonly<Record<string, unknown>>): EventsSearch {
  return defined({
    ...timeRangeOf(given),
    type: searchText(given.type),
    id: searchText(given.id),
    unmatched: String(given.unmatched) === 'true' || undefined,
    cursor: searchText(given.cursor, 1000),
  });
}

export const FAN_OUT_FILTERS = ['matched', 'missed'] as const;

/** What the address of one event says. */
export interface EventSearch {
  /** Of which publisher: two may have chosen the same id. */
  readonly source?: string;
  /** Which webhooks are shown; all of them without it. */
  readonly webhooks?: (typeof FAN_OUT_FILTERS)[number];
  /** The redelivery that is followed. */
  readonly redelivery?: string;
}

export function eventSearch(given: Readonly<Record<string, unknown>>): EventSearch {
  return defined({
    source: searchText(given.source),
    webhooks: searchChoice(given.webhooks, FAN_OUT_FILTERS),
    redelivery: searchText(given.redelivery),
  });
}

export function isFiltered({ cursor: _, ...filters }: EventsSearch): boolean {
  return Object.keys(filters).length > 0;
}
