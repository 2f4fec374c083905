import { Alert, Button, Group, Skeleton, Stack, Switch, Text } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { enableWebhook, problemOf, redeliverWebhook, type Webhook } from '../../api';
import { useSession } from '../../app';
import { Dialog } from '../../shown';

interface EnableDialogProps {
  readonly webhook: Webhook;
  /** RFC 3339: what was missed since then can be sent after all. Undefined: closed. */
  readonly disabledAt: string | undefined;
  readonly onClose: () => void;
}

/**
 * Enabling, with what was missed meanwhile if wanted. The server counts it first, so that nobody is surprised by how much it is.
 * When it is enabled and that is refused, the dialog stays to say so and to try again.
 */
export function EnableDialog({ webhook: { id, name }, disabledAt, onClose }: EnableDialogProps) {
  const { t } = useTranslation();
  const client = useQueryClient();
  const mayRedeliver = useSession().may('deliveries:redeliver');
  const [withMissed, setWithMissed] = useState(false);
  const missed = useQuery({
    queryKey: ['missed', id, disabledAt],
    enabled: disabledAt !== undefined && mayRedeliver,
    queryFn: async () => {
      const body = { since: disabledAt!, dryRun: true };
      return (await redeliverWebhook({ path: { id }, body, throwOnError: true })).data;
    },
  });
  const redeliver = useMutation({
    mutationFn: () => redeliverWebhook({ path: { id }, body: { since: disabledAt! }, throwOnError: true }),
    onSuccess: () => done('webhook.enable.doneWithMissed'),
    onSettled: () => client.invalidateQueries(),
  });
  const enable = useMutation({
    mutationFn: () => enableWebhook({ path: { id }, throwOnError: true }),
    onSuccess: () => (withMissed ? redeliver.mutate() : done('webhook.enable.done')),
    onSettled: () => client.invalidateQueries(),
  });
  const close = () => {
    for (const change of [enable, redeliver]) change.reset();
    setWithMissed(false);
    onClose();
  };
  const done = (key: string) => {
    notifications.show({ message: t(key, { name }) });
    close();
  };
  const count = missed.data?.count ?? 0;
  const isEnabled = enable.isSuccess;

  return (
    <Dialog
      opened={disabledAt !== undefined}
      onClose={close}
      title={t(isEnabled ? 'webhook.enable.done' : 'webhook.enable.title', { name })}
    >
      <Stack>
        <Text size="sm">{t('webhook.enable.effect')}</Text>
        {!mayRedeliver || isEnabled ? null : missed.isPending ? (
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
        {redeliver.error ? (
          <Alert color="orange" role="alert" title={t('webhook.enable.notRedelivered', { name })}>
            {problemOf(redeliver.error).title}. {problemOf(redeliver.error).detail}
          </Alert>
        ) : null}
        <Group justify="flex-end">
          <Button variant="default" onClick={close}>
            {t(isEnabled ? 'webhook.enable.close' : 'webhook.cancel')}
          </Button>
          <Button
            data-autofocus
            loading={enable.isPending || redeliver.isPending}
            onClick={() => (isEnabled ? redeliver.mutate() : enable.mutate())}
          >
            {t(isEnabled ? 'webhook.enable.redeliverAgain' : withMissed ? 'webhook.enable.confirmWithMissed' : 'webhook.enable.confirm')}
          </Button>
        </Group>
      </Stack>
    </Dialog>
  );
}
