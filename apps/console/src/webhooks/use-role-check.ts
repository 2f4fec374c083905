import { useQuery } from '@tanstack/react-query';
import { listWebhooks } from '../api';
import { isRoleRequired } from './role-required';

/** Whether the account lacks the role that webhooks need, found out before someone fills in a form for nothing. */
export function useRoleCheck() {
  const probe = useQuery({
    queryKey: ['webhooks', 'role'],
    queryFn: async () => (await listWebhooks({ query: { limit: 1 }, throwOnError: true })).data,
  });
  return { missing: probe.error !== null && isRoleRequired(probe.error), error: probe.error, retry: () => void probe.refetch() };
}
