import { Alert, Button, Group, Skeleton, Stack, Switch, Text } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { enableWebhook, problemOf, redeliverWebhook, type Webhook } from '../../api';
import { useSession } from '../../app';
import { Dialog } from '../../shown';

interface EnableDialogProps {
  /** Undefined: closed. */
  readonly webhook: Webhook | undefined;
  /** RFC 3339: what was missed since then can be sent after all. */
  readonly disabledAt: string;
  readonly onClose: () => void;
}

/** Enabling, with what was missed meanwhile if wanted. The server counts it first, so that nobody is surprised by how much it is. */
export function EnableDialog({ webhook, disabledAt, onClose }: EnableDialogProps) {
  const { t } = useTranslation();
  const client = useQueryClient();
  const mayRedeliver = useSession().may('deliveries:redeliver');
  const [withMissed, setWithMissed] = useState(false);
  const missed = useQuery({
    queryKey: ['missed', webhook?.id, disabledAt],
    enabled: webhook !== undefined && mayRedeliver,
    queryFn: async () => {
      const body = { since: disabledAt, dryRun: true };
      return (await redeliverWebhook({ path: { id: webhook!.id }, body, throwOnError: true })).data;
    },
  });
  const enable = useMutation({
    mutationFn: async (id: string) => {
      await enableWebhook({ path: { id }, throwOnError: true });
      if (withMissed) await redeliverWebhook({ path: { id }, body: { since: disabledAt }, throwOnError: true });
    },
    onSuccess: async () => {
      notifications.show({ message: t(withMissed ? 'webhook.enable.doneWithMissed' : 'webhook.enable.done', { name: webhook?.name }) });
      onClose();
    },
    // Also after a redelivery that was refused: the webhook is enabled by then.
    onSettled: () => client.invalidateQueries(),
  });
  const count = missed.data?.count ?? 0;

  return (
    <Dialog opened={webhook !== undefined} onClose={onClose} title={t('webhook.enable.title', { name: webhook?.name })}>
      <Stack>
        <Text size="sm">{t('webhook.enable.effect')}</Text>
        {!mayRedeliver ? null : missed.isPending ? (
          <Skeleton height={24} />
        ) : missed.error ? (
          <Text size="sm" c="dimmed">
            {t('webhook.enable.uncounted')}
          </Text>
        ) : count > 0 ? (
          <Switch
            checked={withMissed}
            onChange={(event) => setWithMissed(event.currentTarget.checked)}
            label={t('webhook.enable.redeliver', { count, more: missed.data?.countIsLowerBound ? '+' : '' })}
            description={t('webhook.enable.paced')}
          />
        ) : (
          <Text size="sm" c="dimmed">
            {t('webhook.enable.nothingMissed')}
          </Text>
        )}
        {enable.error ? (
          <Alert color="red" role="alert" title={problemOf(enable.error).title}>
            {problemOf(enable.error).detail}
          </Alert>
        ) : null}
        <Group justify="flex-end">
          <Button variant="default" onClick={onClose}>
            {t('webhook.cancel')}
          </Button>
          <Button data-autofocus loading={enable.isPending} onClick={() => webhook && enable.mutate(webhook.id)}>
            {t(withMissed ? 'webhook.enable.confirmWithMissed' : 'webhook.enable.confirm')}
          </Button>
        </Group>
      </Stack>
    </Dialog>
  );
}
