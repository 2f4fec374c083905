import { keepPreviousData, queryOptions, useQuery } from '@tanstack/react-query';
import { getOverview, getStats, queryClient } from '../api';
import { type OverviewSearch, statsQuery } from './overview-search';

const OVERVIEW_MS = 10_000;
const STATS_MS = 30_000;

const overviewRead = () => queryOptions({ queryKey: ['overview'], queryFn: async () => (await getOverview({ throwOnError: true })).data });

const statsRead = (query: ReturnType<typeof statsQuery>) =>
  queryOptions({ queryKey: ['stats', query], queryFn: async () => (await getStats({ query, throwOnError: true })).data });

/** Reads what the page is going to show while its code is on the way. */
export function expectOverview(search: OverviewSearch): void {
  void queryClient.prefetchQuery(overviewRead());
  void queryClient.prefetchQuery(statsRead(statsQuery(search)));
}

/** The last 24 hours of the account, read again every ten seconds. */
export function useOverview() {
  return useQuery({
    ...overviewRead(),
    refetchInterval: ({ state }) => (state.error ? false : OVERVIEW_MS),
  });
}

export function useStats(search: OverviewSearch) {
  return useQuery({
    ...statsRead(statsQuery(search)),
    placeholderData: keepPreviousData,
    refetchInterval: ({ state }) => (state.error ? false : STATS_MS),
  });
}
