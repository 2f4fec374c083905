import { Button, Group, Stack, Text } from '@mantine/core';
import { useBlocker } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { Dialog } from '../shown';

interface LeaveGuardProps {
  /** Whether something would be lost. Asked when one is about to leave, since saving leaves too. */
  readonly isDirty: () => boolean;
}

/** Asks before a form with changes is left, by Cancel, by a link, or by closing the tab. Nothing of it is saved. */
export function LeaveGuard({ isDirty }: LeaveGuardProps) {
  const { t } = useTranslation();
  const blocker = useBlocker({ shouldBlockFn: isDirty, enableBeforeUnload: isDirty, withResolver: true });
  const blocked = blocker.status === 'blocked';
  return (
    <Dialog opened={blocked} onClose={() => blocker.reset?.()} title={t('webhookForm.leave.title')}>
      <Stack>
        <Text size="sm">{t('webhookForm.leave.effect')}</Text>
        <Group justify="flex-end">
          <Button variant="default" onClick={() => blocker.reset?.()} data-autofocus>
            {t('webhookForm.leave.stay')}
          </Button>
          <Button color="red" onClick={() => blocker.proceed?.()}>
            {t('webhookForm.leave.discard')}
          </Button>
        </Group>
      </Stack>
    </Dialog>
  );
}
