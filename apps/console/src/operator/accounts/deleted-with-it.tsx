import { List, Skeleton, Stack, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { getOverview, listApiKeys } from '../../api';

const KEYS = 100;

/** What goes with an account when it is deleted, counted before one decides. */
export function DeletedWithIt({ accountId }: { readonly accountId: string }) {
  const { t } = useTranslation();
  const counts = useQuery({
    queryKey: ['deletedWithAccount', accountId],
    queryFn: async () => {
      const headers = { 'Hookstream-Account': encodeURIComponent(accountId) };
      const [overview, keys] = await Promise.all([
        getOverview({ headers, throwOnError: true }),
        listApiKeys({ path: { id: accountId }, query: { limit: KEYS }, throwOnError: true }),
      ]);
      return { webhooks: overview.data.webhooks.total, keys: keys.data.data.length, more: keys.data.nextCursor !== null };
    },
  });
  return (
    <Stack gap="xs">
      <Text size="sm">{t('operator.accounts.deleteText')}</Text>
      {counts.data ? (
        <List size="sm">
          <List.Item>{t('operator.accounts.deleteWebhooks', { count: counts.data.webhooks, shown: counts.data.webhooks })}</List.Item>
          <List.Item>
            {t('operator.accounts.deleteKeys', { count: counts.data.keys, shown: `${counts.data.keys}${counts.data.more ? '+' : ''}` })}
          </List.Item>
        </List>
      ) : counts.error ? (
        <Text size="sm">{t('operator.accounts.deleteUncounted')}</Text>
      ) : (
        <Skeleton height={40} />
      )}
    </Stack>
  );
}
