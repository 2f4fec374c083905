import { Card } from '@mantine/core';
import { useNavigate, useParams, useSearch } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { Page } from '../app';
import { ProblemState } from '../list';
import { expectCode } from '../shown';
import { type DeliverySearch, deliverySearch } from './delivery-search';
import { DeliverySkeleton } from './delivery-skeleton';
import { DeliveryView } from './delivery-view';
import { useDelivery } from './use-delivery';

expectCode();

/** A delivery at its own address. */
export function DeliveryPage() {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const { deliveryId = '' } = useParams({ strict: false });
  const { attempt, view } = deliverySearch(useSearch({ strict: false }));
  const delivery = useDelivery(deliveryId);
  const show = (shown: DeliverySearch) =>
    void navigate({ to: '.', search: (before: object) => ({ ...before, ...shown }), replace: true, resetScroll: false });
  return (
    <Page
      title={delivery.data ? t('delivery.drawer.title', { event: delivery.data.eventType }) : t('delivery.page.title')}
      hint={t('delivery.page.hint')}
    >
      <Card withBorder padding="lg" radius="md">
        {delivery.data ? (
          <DeliveryView delivery={delivery.data} isQueued={delivery.isQueued} attempt={attempt} view={view} onShow={show} />
        ) : delivery.error ? (
          <ProblemState error={delivery.error} onRetry={() => void delivery.refetch()} />
        ) : (
          <DeliverySkeleton />
        )}
      </Card>
    </Page>
  );
}
