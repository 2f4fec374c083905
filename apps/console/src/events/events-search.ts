import { defined, searchText } from '../filters/search-text';
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

export function isFiltered({ cursor: _, ...filters }: EventsSearch): boolean {
  return Object.keys(filters).length > 0;
}
