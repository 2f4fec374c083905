import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { getOverview, getStats } from '../api';
import { type OverviewSearch, statsQuery } from './overview-search';

const OVERVIEW_MS = 10_000;
const STATS_MS = 30_000;

/** The last 24 hours of the account, read again every ten seconds. */
export function useOverview(accountId: string) {
  return useQuery({
    queryKey: ['overview', accountId],
    queryFn: async () => (await getOverview({ throwOnError: true })).data,
    refetchInterval: ({ state }) => (state.error ? false : OVERVIEW_MS),
  });
}

export function useStats(search: OverviewSearch) {
  const query = statsQuery(search);
  return useQuery({
    queryKey: ['stats', query],
    queryFn: async () => (await getStats({ query, throwOnError: true })).data,
    placeholderData: keepPreviousData,
    refetchInterval: ({ state }) => (state.error ? false : STATS_MS),
  });
}
