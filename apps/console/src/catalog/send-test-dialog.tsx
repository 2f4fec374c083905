import { Alert, Button, Group, Select, Stack, Text } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { useMutation, useQuery } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { listWebhooks, problemOf, sendTest } from '../api';
import { Dialog } from '../shown';

interface SendTestDialogProps {
  readonly eventType: string;
  readonly onClose: () => void;
}

const SHOWN = 100;

/** The type's sample to one webhook; then to its history, where the test is seen. */
export function SendTestDialog({ eventType, onClose }: SendTestDialogProps) {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const [webhookId, setWebhookId] = useState<string | null>(null);
  const webhooks = useQuery({
    queryKey: ['webhooks', 'choice'],
    queryFn: async () => (await listWebhooks({ query: { limit: SHOWN }, throwOnError: true })).data.data,
  });
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
        <Text size="sm">{webhooks.data?.length === 0 ? t('catalog.sendTest.none') : t('catalog.sendTest.text')}</Text>
        <Select
          label={t('catalog.sendTest.webhook')}
          placeholder={t('catalog.sendTest.choose')}
          value={webhookId}
          onChange={setWebhookId}
          data={(webhooks.data ?? []).map(({ id, name }) => ({ value: id, label: name }))}
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
          <Button disabled={webhookId === null} loading={send.isPending} onClick={() => webhookId && send.mutate(webhookId)}>
            {t('catalog.sendTest.confirm')}
          </Button>
        </Group>
      </Stack>
    </Dialog>
  );
}
