import { useQuery, useQueryClient } from '@tanstack/react-query';
import { getWebhook, type Webhook } from '../api';

const REFRESH_MS = 5_000;

export const webhookKey = (id: string) => ['webhook', id] as const;

/** One webhook, read again every few seconds: its health changes by itself. */
export function useWebhook(id: string) {
  return useQuery({
    queryKey: webhookKey(id),
    queryFn: async () => (await getWebhook({ path: { id }, throwOnError: true })).data,
    refetchInterval: ({ state }) => (state.error ? false : REFRESH_MS),
  });
}

/** What is known of a webhook after a call that answered with it. */
export function useKnownWebhook(): (webhook: Webhook) => void {
  const client = useQueryClient();
  return ({ secret: _, secretWhsec: __, ...webhook }) => client.setQueryData(webhookKey(webhook.id), webhook);
}
