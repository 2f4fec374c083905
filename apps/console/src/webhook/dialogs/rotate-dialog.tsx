import { Alert, Button, Group, PasswordInput, Select, Stack, Switch, Text } from '@mantine/core';
import { IconAlertTriangle } from '@tabler/icons-react';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { problemOf, rotateSecret, type Webhook } from '../../api';
import { Dialog, TimeText } from '../../shown';
import { SecretDialog } from '../secrets/secret-dialog';

const OVERLAPS = [0, 3_600, 86_400, 259_200, 604_800] as const;
const DEFAULT_OVERLAP = 86_400;

interface RotateDialogProps {
  /** Undefined: closed. */
  readonly webhook: Webhook | undefined;
  readonly onClose: () => void;
}

/** Makes a new secret. While the overlap lasts both sign, so that a receiver can change over without losing a request. */
export function RotateDialog({ webhook, onClose }: RotateDialogProps) {
  const { t } = useTranslation();
  const client = useQueryClient();
  const [overlap, setOverlap] = useState(DEFAULT_OVERLAP);
  const [own, setOwn] = useState(false);
  const [secret, setSecret] = useState('');
  const rotate = useMutation({
    mutationFn: async (id: string) => {
      const { data } = await rotateSecret({
        path: { id },
        body: { overlapSeconds: overlap, ...(own ? { secret } : {}) },
        throwOnError: true,
      });
      return data;
    },
    onSuccess: () => client.invalidateQueries(),
  });
  const close = () => {
    rotate.reset();
    setSecret('');
    setOwn(false);
    onClose();
  };
  const problem = rotate.error ? problemOf(rotate.error) : undefined;
  const previousUntil = rotate.data?.previousValidUntil;

  return (
    <>
      <Dialog opened={webhook !== undefined && !rotate.data} onClose={close} title={t('webhook.rotate.title', { name: webhook?.name })}>
        <form
          onSubmit={(event) => {
            event.preventDefault();
            if (webhook) rotate.mutate(webhook.id);
          }}
        >
          <Stack>
            <Text size="sm">{t('webhook.rotate.effect')}</Text>
            <Select
              label={t('webhook.rotate.overlap')}
              description={t('webhook.rotate.overlapHint')}
              value={String(overlap)}
              onChange={(value) => setOverlap(Number(value))}
              data={OVERLAPS.map((seconds) => ({ value: String(seconds), label: t(`webhook.rotate.for.${seconds}`) }))}
              allowDeselect={false}
              data-autofocus
            />
            {overlap === 0 ? (
              <Alert color="red" variant="light" icon={<IconAlertTriangle size={18} aria-hidden />}>
                {t('webhook.rotate.atOnce')} {t('shown.permanent')}
              </Alert>
            ) : null}
            <Switch checked={own} onChange={(event) => setOwn(event.currentTarget.checked)} label={t('webhook.rotate.own')} />
            {own ? (
              <PasswordInput
                label={t('webhookForm.secret.label')}
                description={t('webhookForm.secret.hint')}
                value={secret}
                onChange={(event) => setSecret(event.currentTarget.value)}
                required
                minLength={16}
                maxLength={128}
                autoComplete="new-password"
                visibilityToggleButtonProps={{ 'aria-label': t('webhookForm.auth.reveal') }}
              />
            ) : null}
            {problem ? (
              <Alert color="red" role="alert" title={problem.title}>
                {problem.errors?.map(({ message }) => message).join('; ') || problem.detail}
              </Alert>
            ) : null}
            <Group justify="flex-end">
              <Button variant="default" onClick={close}>
                {t('webhook.cancel')}
              </Button>
              <Button type="submit" loading={rotate.isPending}>
                {t('webhook.rotate.confirm')}
              </Button>
            </Group>
          </Stack>
        </form>
      </Dialog>
      <SecretDialog
        webhookName={webhook?.name ?? ''}
        opened={webhook !== undefined && rotate.data !== undefined}
        secret={rotate.data}
        onStored={close}
      >
        <Text size="sm">
          {previousUntil ? (
            <>
              {t('webhook.rotate.previousUntil')} <TimeText iso={previousUntil} as="full" />
            </>
          ) : (
            t('webhook.rotate.previousGone')
          )}
        </Text>
      </SecretDialog>
    </>
  );
}
