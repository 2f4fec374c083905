import { searchText, type TimeRange, timeRangeOf } from '../filters';

/** What the address of the overview says: which time the charts show, and of which webhook. */
export interface OverviewSearch extends TimeRange {
  readonly webhookId?: string;
}

export const DEFAULT_RANGE = '24h';

export function overviewSearch(given: Readonly<Record<string, unknown>>): OverviewSearch {
  const webhookId = searchText(given.webhookId);
  return { ...timeRangeOf(given), ...(webhookId ? { webhookId } : {}) };
}

/** What the statistics are asked for. A time that began but does not end ends now; one that only ends began a day before it. */
export function statsQuery({ webhookId, range, from, to }: OverviewSearch): {
  readonly webhookId?: string;
  readonly range?: '1h' | '24h' | '7d' | '30d';
  readonly from?: string;
  readonly to?: string;
} {
  const of = webhookId ? { webhookId } : {};
  if (range || (!from && !to)) return { ...of, range: range ?? DEFAULT_RANGE };
  const dayBefore = to ? new Date(Date.parse(to) - 86_400_000).toISOString() : undefined;
  return { ...of, from: from ?? dayBefore!, ...(to ? { to } : {}) };
}
