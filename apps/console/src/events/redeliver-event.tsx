import { Button, Menu } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { IconChevronDown, IconRefresh } from '@tabler/icons-react';
import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { type EventRedeliveryRequest, type EventTrace, type PastEvent, redeliverEvent } from '../api';
import { useSession } from '../app';
import { ConfirmDialog } from '../shown';
import { reached } from './fan-out';

interface RedeliverMenuProps {
  readonly event: PastEvent;
  readonly trace: EventTrace;
  readonly onStarted: (redeliveryId: string) => void;
}

/** The event once more: to all webhooks that match, or only where it is missing. */
export function RedeliverMenu({ event, trace, onStarted }: RedeliverMenuProps) {
  const { t } = useTranslation();
  const mayRedeliver = useSession().may('deliveries:redeliver');
  const [to, setTo] = useState<'all' | 'missing'>();
  if (!mayRedeliver || event.test) return null;
  return (
    <>
      <Menu position="bottom-end" shadow="md">
        <Menu.Target>
          <Button leftSection={<IconRefresh size={16} aria-hidden />} rightSection={<IconChevronDown size={14} aria-hidden />} data-key="r">
            {t('events.redeliver.action')}
          </Button>
        </Menu.Target>
        <Menu.Dropdown>
          {(['missing', 'all'] as const).map((each) => (
            <Menu.Item key={each} onClick={() => setTo(each)}>
              {t(`events.redeliver.to.${each}`)}
            </Menu.Item>
          ))}
        </Menu.Dropdown>
      </Menu>
      <RedeliverDialog
        event={event}
        request={to ? { to } : undefined}
        count={to ? reached(trace.webhooks, to) : 0}
        onClose={() => setTo(undefined)}
        onStarted={onStarted}
      />
    </>
  );
}

interface RedeliverDialogProps {
  readonly event: PastEvent;
  /** Undefined: closed. */
  readonly request: EventRedeliveryRequest | undefined;
  readonly count?: number;
  /** Of the one webhook. */
  readonly name?: string;
  readonly onClose: () => void;
  readonly onStarted: (redeliveryId: string) => void;
}

export function RedeliverDialog({ event: { id, type, source }, request, count = 1, name = '', onClose, onStarted }: RedeliverDialogProps) {
  const { t } = useTranslation();
  const start = useMutation({
    mutationFn: async (body: EventRedeliveryRequest) =>
      (await redeliverEvent({ path: { id }, body: { ...body, source }, throwOnError: true })).data,
    onSuccess: (redelivery) => {
      notifications.show({ message: t('events.redeliver.queued') });
      if (redelivery.id) onStarted(redelivery.id);
      onClose();
    },
  });
  const to = request?.to ?? 'all';
  return (
    <ConfirmDialog
      opened={request !== undefined}
      onClose={() => {
        start.reset();
        onClose();
      }}
      title={t(`events.redeliver.title.${to}`, { name })}
      confirm={t(`events.redeliver.confirm.${to}`)}
      onConfirm={() => request && start.mutate(request)}
      pending={start.isPending}
      error={start.error}
    >
      {t(`events.redeliver.text.${to}`, { type, count, name })}
    </ConfirmDialog>
  );
}
