import { Card } from '@mantine/core';
import { Navigate, useParams } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { Page } from '../app';
import { ProblemState } from '../list';
import { DeliverySkeleton } from './delivery-skeleton';
import { useAttempt } from './use-delivery';

/** An attempt is shown as part of its delivery; its own address leads there. */
export function AttemptPage() {
  const { t } = useTranslation();
  const { attemptId = '' } = useParams({ strict: false });
  const { data, error, refetch } = useAttempt(attemptId);
  if (data) return <Navigate to="/deliveries/$deliveryId" params={{ deliveryId: data.deliveryId }} search={{ attempt: data.id }} replace />;
  return (
    <Page title={t('delivery.page.title')}>
      <Card withBorder padding="lg" radius="md">
        {error ? <ProblemState error={error} onRetry={() => void refetch()} /> : <DeliverySkeleton />}
      </Card>
    </Page>
  );
}
