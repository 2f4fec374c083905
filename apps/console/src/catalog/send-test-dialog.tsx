import { Alert, Button, Group, Select, Stack, Text } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { useMutation } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { problemOf, sendTest, type Webhook } from '../api';
import { Dialog } from '../shown';
import { useFoundWebhooks } from '../webhooks';

interface SendTestDialogProps {
  readonly eventType: string;
  readonly onClose: () => void;
}

/** The type's sample to one webhook; then to its history, where the test is seen. */
export function SendTestDialog({ eventType, onClose }: SendTestDialogProps) {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const [chosen, setChosen] = useState<Webhook>();
  const [typed, setTyped] = useState('');
  // What is chosen stands in the field, and is no search.
  const sought = typed === chosen?.name ? '' : typed;
  const webhooks = useFoundWebhooks(sought);
  const found = webhooks.data?.data ?? [];
  const offered = chosen && !found.some(({ id }) => id === chosen.id) ? [chosen, ...found] : found;
  const hasNone = sought === '' && webhooks.isSuccess && found.length === 0;
  const send = useMutation({
    mutationFn: async (id: string) => (await sendTest({ path: { id }, body: { eventType }, throwOnError: true })).data,
    onSuccess: ({ deliveryId }, id) => {
      notifications.show({ message: t('catalog.sendTest.queued') });
      onClose();
      void navigate({ to: '/webhooks/$webhookId/history', params: { webhookId: id }, search: { deliveryId } as never });
    },
  });
  const error = send.error ?? webhooks.error;
  return (
    <Dialog opened onClose={onClose} title={t('catalog.sendTest.title', { type: eventType })}>
      <Stack>
        <Text size="sm">{hasNone ? t('catalog.sendTest.none') : t('catalog.sendTest.text')}</Text>
        <Select
          label={t('catalog.sendTest.webhook')}
          placeholder={t('catalog.sendTest.choose')}
          value={chosen?.id ?? null}
          onChange={(id) => setChosen(offered.find((webhook) => webhook.id === id))}
          onSearchChange={setTyped}
          data={offered.map(({ id, name }) => ({ value: id, label: name }))}
          // The server has searched.
          filter={({ options }) => options}
          nothingFoundMessage={webhooks.isPending ? undefined : t('catalog.sendTest.notFound')}
          searchable
          data-autofocus
        />
        {error ? (
          <Alert color="red" role="alert" title={problemOf(error).title}>
            {problemOf(error).detail}
          </Alert>
        ) : null}
        <Group justify="flex-end">
          <Button variant="default" onClick={onClose}>
            {t('shown.cancel')}
          </Button>
          <Button disabled={chosen === undefined} loading={send.isPending} onClick={() => chosen && send.mutate(chosen.id)}>
            {t('catalog.sendTest.confirm')}
          </Button>
        </Group>
      </Stack>
    </Dialog>
  );
}
