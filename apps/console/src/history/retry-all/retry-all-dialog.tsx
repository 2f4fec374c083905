import { Alert, Button, Checkbox, Group, Loader, MultiSelect, SimpleGrid, Stack, Text, TextInput } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { notifications } from '@mantine/notifications';
import { IconInfoCircle } from '@tabler/icons-react';
import { keepPreviousData, useMutation, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { problemOf, redeliverWebhook, type Webhook } from '../../api';
import { fieldOf, timeOfField } from '../../filters/time-range';
import { Dialog, useZone } from '../../shown';
import { useCatalog } from '../../webhook-form';
import type { HistoryFilters } from '../history-search';
import { NarrowedBy } from './narrowed-by';
import { redeliveryRequest, RETRY_STATUSES, type RetrySelection, selectionOf } from './retry-selection';

interface RetryAllDialogProps {
  readonly webhook: Pick<Webhook, 'id' | 'name' | 'status'>;
  readonly filters: HistoryFilters;
  readonly onClose: () => void;
  readonly onStarted: () => void;
}

const SETTLED_MS = 300;

/** Counts on the server what would be sent before anything is. The count holds: both ask for what there was when the dialog opened. */
export function RetryAllDialog({ webhook, filters, onClose, onStarted }: RetryAllDialogProps) {
  const { t } = useTranslation();
  const [now] = useState(() => new Date().toISOString());
  const [selection, setSelection] = useState(() => selectionOf(filters));
  const [settled] = useDebouncedValue(selection, SETTLED_MS);
  const none = selection.statuses.length === 0;
  const counted = useQuery({
    queryKey: ['retryCount', webhook.id, settled, now],
    enabled: settled.statuses.length > 0,
    placeholderData: keepPreviousData,
    queryFn: async () => {
      const body = { ...redeliveryRequest(settled, now), dryRun: true };
      return (await redeliverWebhook({ path: { id: webhook.id }, body, throwOnError: true })).data;
    },
  });
  const start = useMutation({
    mutationFn: async () =>
      (await redeliverWebhook({ path: { id: webhook.id }, body: redeliveryRequest(selection, now), throwOnError: true })).data,
    onSuccess: () => {
      notifications.show({ message: t('history.retryAll.started') });
      onStarted();
    },
  });
  const isCurrent = counted.data !== undefined && !counted.isPlaceholderData && settled === selection && !none;
  const count = counted.data?.count ?? 0;
  const shown = `${count.toLocaleString('en')}${counted.data?.countIsLowerBound ? '+' : ''}`;
  const error = start.error ?? counted.error;
  return (
    <Dialog opened onClose={onClose} title={t('history.retryAll.title', { name: webhook.name })} size="lg">
      <Stack>
        <Text size="sm">{t('history.retryAll.intro')}</Text>
        <SelectionFields selection={selection} onChange={setSelection} />
        <NarrowedBy narrowing={selection.narrowing} />
        {webhook.status === 'disabled' ? (
          <Alert variant="light" color="orange" icon={<IconInfoCircle size={18} aria-hidden />}>
            {t('history.retryAll.disabled')}
          </Alert>
        ) : null}
        <Text size="sm" c="dimmed">
          {t('history.retryAll.retrying')}
        </Text>
        {error ? (
          <Alert color="red" role="alert" title={problemOf(error).title}>
            {problemOf(error).detail}
          </Alert>
        ) : (
          <Group gap="xs" role="status" mih={28}>
            {isCurrent || none ? null : <Loader size="xs" aria-hidden />}
            <Text fw={600} fz="lg">
              {none || (isCurrent && count === 0)
                ? t('history.retryAll.none')
                : isCurrent
                  ? t('history.retryAll.count', { count, shown })
                  : t('history.retryAll.counting')}
            </Text>
          </Group>
        )}
        <Group justify="flex-end">
          <Button variant="default" onClick={onClose} data-autofocus>
            {t('shown.cancel')}
          </Button>
          <Button
            disabled={!isCurrent || count === 0 || webhook.status === 'disabled'}
            loading={start.isPending}
            onClick={() => start.mutate()}
          >
            {isCurrent && count > 0 ? t('history.retryAll.confirm', { count, shown }) : t('history.retryAll.confirmUnknown')}
          </Button>
        </Group>
      </Stack>
    </Dialog>
  );
}

interface SelectionFieldsProps {
  readonly selection: RetrySelection;
  readonly onChange: (selection: RetrySelection) => void;
}

function SelectionFields({ selection, onChange }: SelectionFieldsProps) {
  const { t } = useTranslation();
  const { zone } = useZone();
  const { types } = useCatalog();
  const time = (name: 'from' | 'to', label: string) => (
    <TextInput
      type="datetime-local"
      label={`${label} (${t(`filters.${zone}`)})`}
      defaultValue={fieldOf(selection[name], zone)}
      onChange={({ currentTarget }) => onChange({ ...selection, [name]: timeOfField(currentTarget.value, zone) })}
    />
  );
  return (
    <>
      <Checkbox.Group
        label={t('history.retryAll.which')}
        value={[...selection.statuses]}
        onChange={(statuses) => onChange({ ...selection, statuses: RETRY_STATUSES.filter((status) => statuses.includes(status)) })}
      >
        <Stack gap={6} mt={6}>
          {RETRY_STATUSES.map((status) => (
            <Checkbox key={status} value={status} label={t(`history.retryAll.status.${status}`)} />
          ))}
        </Stack>
      </Checkbox.Group>
      <MultiSelect
        label={t('history.retryAll.events')}
        placeholder={selection.eventTypes.length === 0 ? t('history.retryAll.allEvents') : undefined}
        value={[...selection.eventTypes]}
        onChange={(eventTypes) => onChange({ ...selection, eventTypes })}
        data={[
          ...new Set([...(types ?? []).filter(({ combines }) => combines.length === 0).map(({ name }) => name), ...selection.eventTypes]),
        ]}
        searchable
        clearable
      />
      <SimpleGrid cols={{ base: 1, xs: 2 }}>
        {time('from', t('history.retryAll.since'))}
        {time('to', t('history.retryAll.until'))}
      </SimpleGrid>
    </>
  );
}
