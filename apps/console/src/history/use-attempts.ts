import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useEffect, useMemo } from 'react';
import { type Attempt, listAttempts } from '../api';
import { queuedDeliveries, useQueuedDeliveries } from '../delivery';
import { attemptsQuery, filtersOf, type HistorySearch, isShown } from './history-search';
import { notAmong } from './live/new-attempts';
import { useLiveAttempts } from './live/use-live-attempts';

const PAGE = 50;
const QUEUED_MS = 1_500;
const NO_ROWS: readonly Attempt[] = [];

/** A page of the history, and what has been attempted since it was read. */
export function useAttempts(webhookId: string, search: HistorySearch) {
  const filters = filtersOf(search);
  const queued = useQueuedDeliveries();
  const isLive = search.live !== 'off';
  const attempts = useQuery({
    queryKey: ['attempts', webhookId, filters, search.cursor],
    queryFn: async () => {
      const query = { ...attemptsQuery(filters), limit: PAGE, ...(search.cursor === undefined ? {} : { cursor: search.cursor }) };
      return (await listAttempts({ path: { id: webhookId }, query, throwOnError: true })).data;
    },
    placeholderData: keepPreviousData,
    // What one has asked for oneself is shown as soon as it is there, live or not.
    refetchInterval: ({ state }) => (!state.error && queued.size > 0 && search.cursor === undefined ? QUEUED_MS : false),
  });
  const rows = attempts.data?.data ?? NO_ROWS;
  useEffect(() => {
    for (const { deliveryId, attempt } of rows) queuedDeliveries.seen(deliveryId, attempt);
  }, [rows]);

  const { state, news, clear } = useLiveAttempts({
    webhookId,
    enabled: isLive,
    isShown: (attempt) => isShown(attempt, filters),
    onAttempt: ({ deliveryId, attempt }) => {
      if (!queuedDeliveries.get().has(deliveryId)) return;
      queuedDeliveries.seen(deliveryId, attempt);
      void attempts.refetch();
    },
    onLive: () => void attempts.refetch(),
  });
  // Other filters are another list: what waited for the one before may not belong into it.
  const of = JSON.stringify(filters);
  useEffect(clear, [of]);

  const waiting = useMemo(() => notAmong(news, rows), [news, rows]);
  const showNew = () => {
    clear();
    void attempts.refetch();
  };
  // Where there is no row, none can move under the reader.
  const isAwaited = attempts.data?.data.length === 0 && (waiting.more || waiting.waiting.length > 0);
  useEffect(() => {
    if (isAwaited) showNew();
  }, [isAwaited]);
  return { attempts, rows, live: { state, news: isLive ? waiting : { waiting: [], more: false } }, showNew };
}
