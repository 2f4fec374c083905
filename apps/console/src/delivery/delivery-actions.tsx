import { ActionIcon, Button, Group, Menu } from '@mantine/core';
import { IconBan, IconDots, IconLink, IconRefresh, IconTerminal2 } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { DeliveryDetail } from '../api';
import { useSession } from '../app';
import { ConfirmDialog, useCopy } from '../shown';
import { curlCommand } from './curl';
import { useAttempt } from './use-delivery';
import { useCancelDelivery, useRedeliver } from './use-delivery-actions';

interface DeliveryActionsProps {
  readonly delivery: DeliveryDetail;
  readonly isQueued: boolean;
  readonly attemptId: string | undefined;
}

/** Redeliver; copy as cURL, copy link, cancel. */
export function DeliveryActions({ delivery, isQueued, attemptId }: DeliveryActionsProps) {
  const { t } = useTranslation();
  const copy = useCopy();
  const mayRedeliver = useSession().may('deliveries:redeliver');
  const redeliver = useRedeliver();
  const [cancelling, setCancelling] = useState(false);
  const cancel = useCancelDelivery(() => setCancelling(false));
  const { data: attempt } = useAttempt(attemptId);
  const underWay = delivery.state === 'pending' || delivery.state === 'retrying';
  return (
    <Group gap="xs" wrap="nowrap">
      {mayRedeliver && !delivery.test ? (
        <Button
          size="xs"
          leftSection={<IconRefresh size={15} aria-hidden />}
          loading={redeliver.isPending}
          disabled={isQueued}
          data-key="r"
          onClick={() => redeliver.mutate(delivery.id)}
        >
          {isQueued ? t('delivery.queued.word') : t(underWay ? 'delivery.action.attemptNow' : 'delivery.action.redeliver')}
        </Button>
      ) : null}
      <Menu position="bottom-end" shadow="md" withinPortal>
        <Menu.Target>
          <ActionIcon variant="default" size={30} aria-label={t('delivery.action.more')}>
            <IconDots size={16} aria-hidden />
          </ActionIcon>
        </Menu.Target>
        <Menu.Dropdown>
          <Menu.Item
            leftSection={<IconTerminal2 size={16} aria-hidden />}
            disabled={!attempt}
            onClick={() => attempt && void copy(curlCommand(attempt.request), t('delivery.action.curlCopied'))}
          >
            {t('delivery.action.curl')}
          </Menu.Item>
          <Menu.Item
            leftSection={<IconLink size={16} aria-hidden />}
            onClick={() => void copy(linkTo(delivery.id, attemptId), t('delivery.action.linkCopied'))}
          >
            {t('delivery.action.link')}
          </Menu.Item>
          {mayRedeliver && underWay ? (
            <Menu.Item color="red" leftSection={<IconBan size={16} aria-hidden />} onClick={() => setCancelling(true)}>
              {t('delivery.action.cancel')}
            </Menu.Item>
          ) : null}
        </Menu.Dropdown>
      </Menu>
      <ConfirmDialog
        opened={cancelling}
        onClose={() => setCancelling(false)}
        title={t('delivery.action.cancelTitle', { event: delivery.eventType })}
        confirm={t('delivery.action.cancel')}
        onConfirm={() => cancel.mutate(delivery.id)}
        pending={cancel.isPending}
        error={cancel.error}
      >
        {t('delivery.action.cancelText', { event: delivery.eventType })}
      </ConfirmDialog>
    </Group>
  );
}

function linkTo(deliveryId: string, attemptId: string | undefined): string {
  const link = new URL(`/deliveries/${encodeURIComponent(deliveryId)}`, location.origin);
  if (attemptId) link.searchParams.set('attempt', attemptId);
  return link.href;
}
