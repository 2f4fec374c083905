import { ActionIcon, Drawer, Group, Title } from '@mantine/core';
import { IconChevronDown, IconChevronUp } from '@tabler/icons-react';
import { useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import { ProblemState } from '../list';
import { expectCode } from '../shown';
import classes from './delivery.module.css';
import { DeliverySkeleton } from './delivery-skeleton';
import { DeliveryView, type ShownAttempt } from './delivery-view';
import { useAttempt, useDelivery } from './use-delivery';

interface DeliveryDrawerProps extends ShownAttempt {
  /** Known where the list has the attempt's row. */
  readonly deliveryId: string | undefined;
  readonly onShow: (shown: ShownAttempt) => void;
  readonly onClose: () => void;
  /** Undefined at the end of the list. */
  readonly onPrevious: (() => void) | undefined;
  readonly onNext: (() => void) | undefined;
}

/** A delivery beside the list that it was opened from; open for as long as an attempt is given. */
export function DeliveryDrawer({ attempt, deliveryId, view, onShow, onClose, onPrevious, onNext }: DeliveryDrawerProps) {
  const { t } = useTranslation();
  const found = useAttempt(deliveryId === undefined ? attempt : undefined);
  const delivery = useDelivery(deliveryId ?? found.data?.deliveryId);
  useEffect(() => {
    if (attempt !== undefined) expectCode();
  }, [attempt]);
  const error = found.error ?? delivery.error;
  const title = delivery.data ? t('delivery.drawer.title', { event: delivery.data.eventType }) : t('delivery.page.title');
  return (
    <Drawer.Root opened={attempt !== undefined} onClose={onClose} position="right" size="min(920px, 100%)">
      <Drawer.Overlay backgroundOpacity={0.35} />
      <Drawer.Content aria-label={title}>
        <div className={classes.drawerHeader}>
          <Title order={2} size="h3" style={{ overflowWrap: 'anywhere' }}>
            {title}
          </Title>
          <Group gap={4} wrap="nowrap" ml="auto">
            <ActionIcon
              variant="subtle"
              color="gray"
              aria-label={t('delivery.drawer.previous')}
              data-key="["
              disabled={!onPrevious}
              onClick={onPrevious}
            >
              <IconChevronUp size={18} aria-hidden />
            </ActionIcon>
            <ActionIcon
              variant="subtle"
              color="gray"
              aria-label={t('delivery.drawer.next')}
              data-key="]"
              disabled={!onNext}
              onClick={onNext}
            >
              <IconChevronDown size={18} aria-hidden />
            </ActionIcon>
            <Drawer.CloseButton aria-label={t('delivery.drawer.close')} />
          </Group>
        </div>
        <Drawer.Body>
          {delivery.data ? (
            <DeliveryView delivery={delivery.data} isQueued={delivery.isQueued} attempt={attempt} view={view} onShow={onShow} />
          ) : error ? (
            <ProblemState error={error} onRetry={() => void (found.error ? found.refetch() : delivery.refetch())} />
          ) : (
            <DeliverySkeleton />
          )}
        </Drawer.Body>
      </Drawer.Content>
    </Drawer.Root>
  );
}
