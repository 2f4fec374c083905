import { notifications } from '@mantine/notifications';
import { type QueryKey, useMutation, useQueryClient } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { disableWebhook, enableWebhook, problemOf, type Webhook } from '../api';
import { type Remembered, withStatus } from './with-status';

interface Toggle {
  readonly webhook: Webhook;
  readonly status: Webhook['status'];
}

/** The keys under which webhooks are remembered: pages of the list, and single ones. */
const KEYS: readonly QueryKey[] = [['webhooks'], ['webhook']];
/** And what else tells of the change once it is made. */
const TOLD: readonly QueryKey[] = [...KEYS, ['webhookChanges']];

/** The one optimistic action: the status changes everywhere at once, and back with a message when the server refuses it. */
export function useToggleStatus() {
  const { t } = useTranslation();
  const client = useQueryClient();
  return useMutation({
    mutationFn: async ({ webhook: { id }, status }: Toggle) => {
      const call = status === 'enabled' ? enableWebhook : disableWebhook;
      return (await call({ path: { id }, throwOnError: true })).data;
    },
    onMutate: async ({ webhook, status }) => {
      await Promise.all(KEYS.map((queryKey) => client.cancelQueries({ queryKey })));
      const before = KEYS.flatMap((queryKey) => client.getQueriesData<Remembered>({ queryKey }));
      for (const [key, data] of before) client.setQueryData(key, withStatus(data, webhook.id, status));
      return { before };
    },
    onError: (error, { webhook, status }, context) => {
      for (const [key, data] of context?.before ?? []) client.setQueryData(key, data);
      const problem = problemOf(error);
      notifications.show({ color: 'red', title: t(`webhooks.status.${status}Failed`, { name: webhook.name }), message: problem.detail });
    },
    onSuccess: (_, { webhook, status }) => {
      notifications.show({ message: t(`webhooks.status.${status}Done`, { name: webhook.name }) });
    },
    // Not waited for: what is remembered is as it should be by now, and whoever waits for the toggle is not to see it later.
    onSettled: () => void Promise.all(TOLD.map((queryKey) => client.invalidateQueries({ queryKey }))),
  });
}
