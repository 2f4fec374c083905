import { notifications } from '@mantine/notifications';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { cancelDelivery, problemOf, redeliverDelivery } from '../api';
import { queuedDeliveries } from './queued-deliveries';
import { deliveryKey } from './use-delivery';

/** Another attempt of one delivery. It is queued; whatever shows the delivery follows it from there. */
export function useRedeliver() {
  const { t } = useTranslation();
  const client = useQueryClient();
  return useMutation({
    mutationFn: async (id: string) => (await redeliverDelivery({ path: { id }, throwOnError: true })).data,
    onSuccess: async ({ deliveryId, attempt, kind }) => {
      queuedDeliveries.add(deliveryId, attempt);
      notifications.show({ message: t(`delivery.queued.${kind}`, { attempt }) });
      await client.invalidateQueries({ queryKey: deliveryKey(deliveryId) });
    },
    onError: (error) => {
      notifications.show({ color: 'red', title: t('delivery.failedTo.redeliver'), message: problemOf(error).detail });
    },
  });
}

/** Ends a delivery that is still under way. */
export function useCancelDelivery(onDone: () => void) {
  const { t } = useTranslation();
  const client = useQueryClient();
  return useMutation({
    mutationFn: async (id: string) => (await cancelDelivery({ path: { id }, throwOnError: true })).data,
    onSuccess: async ({ deliveryId }) => {
      // It ends as discarded: no attempt is awaited, only that end.
      queuedDeliveries.add(deliveryId, Number.MAX_SAFE_INTEGER);
      notifications.show({ message: t('delivery.queued.cancelled') });
      onDone();
      await client.invalidateQueries({ queryKey: deliveryKey(deliveryId) });
    },
  });
}
