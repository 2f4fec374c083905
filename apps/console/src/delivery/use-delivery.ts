import { useQuery } from '@tanstack/react-query';
import { useEffect } from 'react';
import { type DeliveryDetail, getAttempt, getDelivery } from '../api';
import { queuedDeliveries, useQueuedDeliveries } from './queued-deliveries';

const QUEUED_MS = 700;
const UNDER_WAY_MS = 4_000;
const AFTER_DUE_MS = 1_000;

export const deliveryKey = (id: string) => ['delivery', id] as const;

/** A delivery, read again for as long as something is going to happen to it. */
export function useDelivery(id: string | undefined) {
  const isQueued = useQueuedDeliveries().has(id ?? '');
  const delivery = useQuery({
    queryKey: deliveryKey(id ?? ''),
    enabled: id !== undefined,
    queryFn: async () => (await getDelivery({ path: { id: id! }, throwOnError: true })).data,
    refetchInterval: ({ state }) => (state.error ? false : isQueued ? QUEUED_MS : nextRead(state.data)),
  });
  const last = delivery.data?.timeline.at(-1)?.attempt ?? 0;
  const ended = delivery.data?.state === 'discarded';
  useEffect(() => {
    if (id === undefined) return;
    if (ended) queuedDeliveries.remove(id);
    else queuedDeliveries.seen(id, last);
  }, [id, last, ended]);
  return { ...delivery, isQueued };
}

/** An attempt never changes but for its body, which is kept for a time only. */
export function useAttempt(id: string | undefined) {
  return useQuery({
    queryKey: ['attempt', id],
    enabled: id !== undefined,
    staleTime: 60_000,
    queryFn: async () => (await getAttempt({ path: { id: id! }, throwOnError: true })).data,
  });
}

function nextRead(delivery: DeliveryDetail | undefined): number | false {
  if (delivery?.state !== 'pending' && delivery?.state !== 'retrying') return false;
  const due = delivery.nextAttemptAt ? Date.parse(delivery.nextAttemptAt) - Date.now() : 0;
  return due > 0 ? Math.min(UNDER_WAY_MS, due + AFTER_DUE_MS) : AFTER_DUE_MS;
}
