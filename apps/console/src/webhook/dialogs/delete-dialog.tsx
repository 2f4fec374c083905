import { Alert, Button, Group, Stack, Text } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { IconAlertTriangle } from '@tabler/icons-react';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { deleteWebhook, problemOf, type Webhook } from '../../api';
import { Dialog } from '../../shown';

interface DeleteDialogProps {
  /** Undefined: closed. */
  readonly webhook: Webhook | undefined;
  readonly onClose: () => void;
  readonly onDeleted: () => void;
}

/** Deleting is permanent, and the dialog says so. The button that does no harm has the focus. */
export function DeleteDialog({ webhook, onClose, onDeleted }: DeleteDialogProps) {
  const { t } = useTranslation();
  const client = useQueryClient();
  const remove = useMutation({
    mutationFn: async (id: string) => deleteWebhook({ path: { id }, throwOnError: true }),
    onSuccess: async () => {
      notifications.show({ message: t('webhook.delete.done', { name: webhook?.name }) });
      onDeleted();
      await client.invalidateQueries();
    },
  });
  const close = () => {
    remove.reset();
    onClose();
  };

  return (
    <Dialog opened={webhook !== undefined} onClose={close} title={t('webhook.delete.title', { name: webhook?.name })}>
      {webhook ? (
        <Stack>
          <Alert color="red" variant="light" icon={<IconAlertTriangle size={18} aria-hidden />}>
            {t('webhook.delete.permanent')}
          </Alert>
          <Text size="sm">{t('webhook.delete.effect', { url: webhook.url })}</Text>
          {webhook.health.waiting > 0 ? (
            <Text size="sm">
              {t('webhook.delete.waiting', { count: webhook.health.waiting, more: webhook.health.waitingIsLowerBound ? '+' : '' })}
            </Text>
          ) : null}
          {remove.error ? (
            <Alert color="red" role="alert">
              {problemOf(remove.error).detail}
            </Alert>
          ) : null}
          <Group justify="flex-end">
            <Button variant="default" onClick={close} data-autofocus>
              {t('webhook.cancel')}
            </Button>
            <Button color="red" loading={remove.isPending} onClick={() => remove.mutate(webhook.id)}>
              {t('webhook.delete.confirm')}
            </Button>
          </Group>
        </Stack>
      ) : null}
    </Dialog>
  );
}
