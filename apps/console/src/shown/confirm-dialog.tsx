import { Alert, Button, Group, Stack } from '@mantine/core';
import { IconAlertTriangle } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { problemOf } from '../api';
import { Dialog } from './dialog';

interface ConfirmDialogProps {
  readonly opened: boolean;
  readonly onClose: () => void;
  /** Names what is acted on: “Delete Billing?” */
  readonly title: string;
  /** The effect and the count. */
  readonly children: ReactNode;
  /** The verb: “Delete webhook”. */
  readonly confirm: string;
  readonly onConfirm: () => void;
  readonly pending?: boolean;
  /** Says that it is permanent and cannot be undone. */
  readonly destructive?: boolean;
  /** Of the last try. */
  readonly error?: unknown;
}

/** Asks before something is done. The button that does no harm has the focus; Esc closes, and the focus goes back. */
export function ConfirmDialog(props: ConfirmDialogProps) {
  const { t } = useTranslation();
  const { opened, onClose, title, children, confirm, onConfirm, pending = false, destructive = false, error } = props;
  const problem = error ? problemOf(error) : undefined;
  return (
    <Dialog opened={opened} onClose={onClose} title={title}>
      <Stack>
        {destructive ? (
          <Alert color="red" variant="light" icon={<IconAlertTriangle size={18} aria-hidden />}>
            {t('shown.permanent')}
          </Alert>
        ) : null}
        <div>{children}</div>
        {problem ? (
          <Alert color="red" role="alert" title={problem.title}>
            {problem.detail}
          </Alert>
        ) : null}
        <Group justify="flex-end">
          <Button variant="default" onClick={onClose} data-autofocus>
            {t('shown.cancel')}
          </Button>
          <Button color={destructive ? 'red' : undefined} loading={pending} onClick={onConfirm}>
            {confirm}
          </Button>
        </Group>
      </Stack>
    </Dialog>
  );
}
