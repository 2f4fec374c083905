import { NavLink, Select, Skeleton, Stack, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { listWebhooks, type Webhook } from '../api';
import { ProblemState } from '../list';
import { Dialog } from '../shown';
import type { HistoryFilter } from './outcomes';

const SHOWN = 100;

function useWebhookNames(enabled = true) {
  return useQuery({
    queryKey: ['webhooks', 'names'],
    enabled,
    queryFn: async (): Promise<Webhook[]> => (await listWebhooks({ query: { limit: SHOWN }, throwOnError: true })).data.data,
  });
}

interface WebhookSelectProps {
  readonly value: string | undefined;
  readonly onChange: (webhookId: string | undefined) => void;
}

/** Whose numbers the charts show: of all webhooks, or of one. */
export function WebhookSelect({ value, onChange }: WebhookSelectProps) {
  const { t } = useTranslation();
  const webhooks = useWebhookNames();
  return (
    <Select
      value={value ?? null}
      onChange={(chosen) => onChange(chosen ?? undefined)}
      data={(webhooks.data ?? []).map(({ id, name }) => ({ value: id, label: name }))}
      placeholder={t('overview.allWebhooks')}
      aria-label={t('overview.webhook')}
      clearable
      clearButtonProps={{ 'aria-label': t('overview.allWebhooks') }}
      searchable
      nothingFoundMessage={t('overview.noWebhook')}
    />
  );
}

interface HistoryChooserProps {
  /** What of the history is meant; undefined: closed. */
  readonly filter: HistoryFilter | undefined;
  readonly onClose: () => void;
}

/** The history belongs to a webhook: a bar that counts several asks which one. */
export function HistoryChooser({ filter, onClose }: HistoryChooserProps) {
  const { t } = useTranslation();
  const webhooks = useWebhookNames(filter !== undefined);
  return (
    <Dialog opened={filter !== undefined} onClose={onClose} title={t('overview.chooseHistory')}>
      {webhooks.error ? <ProblemState error={webhooks.error} onRetry={() => void webhooks.refetch()} /> : null}
      {webhooks.isPending ? <Skeleton height={120} /> : null}
      <Stack gap={2} mah={360} style={{ overflowY: 'auto' }}>
        {webhooks.data?.length === 0 ? <Text c="dimmed">{t('overview.noWebhook')}</Text> : null}
        {webhooks.data?.map(({ id, name, url }) => (
          <NavLink
            key={id}
            label={name}
            description={url}
            renderRoot={(props: object) => (
              <Link to="/webhooks/$webhookId/history" params={{ webhookId: id }} search={{ ...filter } as never} {...props} />
            )}
          />
        ))}
      </Stack>
    </Dialog>
  );
}
