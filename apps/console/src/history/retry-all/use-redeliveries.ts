import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useEffect, useRef } from 'react';
import { cancelRedelivery, listRedeliveries, type Redelivery } from '../../api';

const RUNNING_MS = 1_000;
const IDLE_MS = 15_000;
const SHOWN = 5;
/** For how long one that has ended is still shown when the page is opened anew. */
const RECENT_MS = 10 * 60_000;

const redeliveriesKey = (webhookId: string) => ['redeliveries', webhookId] as const;

export function isUnderWay({ status }: Pick<Redelivery, 'status'>): boolean {
  return status === 'preparing' || status === 'running';
}

/** The retries of a webhook that run or have just ended, read each second while one runs; so they survive a reload of the page. */
export function useRedeliveries(webhookId: string, onProgress: () => void) {
  const redeliveries = useQuery({
    queryKey: redeliveriesKey(webhookId),
    queryFn: async () => (await listRedeliveries({ query: { webhookId, limit: SHOWN }, throwOnError: true })).data.data,
    refetchInterval: ({ state }) => (state.error ? false : state.data?.some(isUnderWay) ? RUNNING_MS : IDLE_MS),
  });
  const sent = (redeliveries.data ?? []).reduce((sum, { sent: count }) => sum + count, 0);
  const before = useRef(sent);
  useEffect(() => {
    if (before.current !== sent) onProgress();
    before.current = sent;
  });
  const recent = (redeliveries.data ?? []).filter((each) => isUnderWay(each) || isRecent(each));
  return recent;
}

function isRecent({ completedAt }: Redelivery): boolean {
  return completedAt !== null && Date.now() - Date.parse(completedAt) < RECENT_MS;
}

export function useRefreshRedeliveries(webhookId: string) {
  const client = useQueryClient();
  return () => client.invalidateQueries({ queryKey: redeliveriesKey(webhookId) });
}

export function useCancelRedelivery(onDone: () => void) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: async (id: string) => (await cancelRedelivery({ path: { id }, throwOnError: true })).data,
    onSuccess: async () => {
      onDone();
      await client.invalidateQueries({ queryKey: ['redeliveries'] });
      await client.invalidateQueries({ queryKey: ['redelivery'] });
    },
  });
}
