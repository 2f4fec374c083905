import { useDebouncedValue } from '@mantine/hooks';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { listWebhooks } from '../api';

const SHOWN = 100;
const TYPING_MS = 300;

/** The first of the webhooks that a text finds; of all without one. The server searches, among however many. */
export function useFoundWebhooks(typed: string, enabled = true) {
  const [q] = useDebouncedValue(typed.trim(), TYPING_MS);
  return useQuery({
    queryKey: ['webhooks', 'found', q],
    enabled,
    queryFn: async () => (await listWebhooks({ query: { limit: SHOWN, ...(q ? { q } : {}) }, throwOnError: true })).data,
    placeholderData: keepPreviousData,
  });
}
