import { notifications } from '@mantine/notifications';
import { useMutation } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { problemOf, sendTest, type Webhook } from '../../api';
import { queuedDeliveries } from '../../delivery';

/** Sends `test.webhook` and leads to where its result will be: it is queued, and the history follows live. */
export function useMenuTest() {
  const { t } = useTranslation();
  const navigate = useNavigate();
  return useMutation({
    mutationFn: ({ id }: Webhook) => sendTest({ path: { id }, body: {}, throwOnError: true }),
    onSuccess: async ({ data }, { id, name }) => {
      queuedDeliveries.add(data.deliveryId, 1);
      notifications.show({ message: t('webhook.action.testQueued', { name }) });
      await navigate({ to: '/webhooks/$webhookId/history', params: { webhookId: id } });
    },
    onError: (error) => notifications.show({ color: 'red', title: problemOf(error).title, message: problemOf(error).detail }),
  });
}
