import { NavLink, Select, Skeleton, Stack, Text, TextInput } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { getWebhook } from '../api';
import { ProblemState } from '../list';
import { Dialog } from '../shown';
import { useFoundWebhooks } from '../webhooks';
import type { HistoryFilter } from './outcomes';

interface WebhookSelectProps {
  readonly value: string | undefined;
  readonly onChange: (webhookId: string | undefined) => void;
}

/** Whose numbers the charts show: of all webhooks, or of one. */
export function WebhookSelect({ value, onChange }: WebhookSelectProps) {
  const { t } = useTranslation();
  const [isOpen, setOpen] = useState(false);
  const [typed, setTyped] = useState('');
  const chosen = useQuery({
    queryKey: ['webhook', value],
    enabled: value !== undefined,
    queryFn: async () => (await getWebhook({ path: { id: value! }, throwOnError: true })).data,
  });
  // What is chosen stands in the field, and is no search.
  const found = useFoundWebhooks(typed === chosen.data?.name ? '' : typed, isOpen);
  const listed = found.data?.data ?? [];
  const webhooks = chosen.data && !listed.some(({ id }) => id === value) ? [chosen.data, ...listed] : listed;
  return (
    <Select
      value={value ?? null}
      onChange={(id) => onChange(id ?? undefined)}
      onDropdownOpen={() => setOpen(true)}
      onSearchChange={setTyped}
      data={webhooks.map(({ id, name }) => ({ value: id, label: name }))}
      // The server has searched.
      filter={({ options }) => options}
      placeholder={t('overview.allWebhooks')}
      aria-label={t('overview.webhook')}
      clearable
      clearButtonProps={{ 'aria-label': t('overview.allWebhooks') }}
      searchable
      nothingFoundMessage={found.isPending ? undefined : t('overview.noWebhook')}
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
  const [typed, setTyped] = useState('');
  const found = useFoundWebhooks(typed, filter !== undefined);
  const webhooks = found.data?.data;
  const areMore = typed !== '' || (found.data?.nextCursor ?? null) !== null;
  return (
    <Dialog opened={filter !== undefined} onClose={onClose} title={t('overview.chooseHistory')}>
      {found.error ? <ProblemState error={found.error} onRetry={() => void found.refetch()} /> : null}
      {found.isPending ? <Skeleton height={120} /> : null}
      {areMore ? (
        <TextInput
          mb="sm"
          value={typed}
          onChange={({ currentTarget }) => setTyped(currentTarget.value)}
          placeholder={t('overview.findWebhook')}
          aria-label={t('overview.findWebhook')}
          maxLength={200}
        />
      ) : null}
      <Stack gap={2} mah={360} style={{ overflowY: 'auto' }}>
        {webhooks?.length === 0 ? <Text c="dimmed">{t('overview.noWebhook')}</Text> : null}
        {webhooks?.map(({ id, name, url }) => (
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
