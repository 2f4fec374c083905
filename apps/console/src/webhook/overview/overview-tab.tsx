import { Card, SimpleGrid, Stack, Text, Title } from '@mantine/core';
import { useId } from 'react';
import { useTranslation } from 'react-i18next';
import type { Webhook } from '../../api';
import { LastEventCell, useSuccessRate } from '../../webhooks';
import { HoursChart } from './hours-chart';
import { RecentAttempts } from './recent-attempts';

/** The last day at a glance: how many arrived, hour by hour, and the latest attempts. */
export function OverviewTab({ webhook }: { readonly webhook: Webhook }) {
  const { t } = useTranslation();
  const chartId = useId();
  const { counts } = webhook;
  const rate = useSuccessRate();
  const { waiting, waitingIsLowerBound } = webhook.health;
  return (
    <Stack gap="lg">
      <SimpleGrid cols={{ base: 2, md: 4 }}>
        <Figure name={t('webhook.overview.rate')} value={counts ? rate(counts) : '–'} />
        <Figure name={t('webhook.overview.delivered')} value={counts ? String(counts.succeeded) : '–'} />
        <Figure name={t('webhook.overview.failed')} value={counts ? String(counts.failed) : '–'} />
        <Figure name={t('webhook.overview.waiting')} value={counts ? `${waiting}${waitingIsLowerBound ? '+' : ''}` : '–'} />
      </SimpleGrid>
      <Card component="section" withBorder padding="lg" radius="md" aria-labelledby={chartId}>
        <Title order={2} size="h4" id={chartId} mb="sm">
          {t('webhook.overview.hours')}
        </Title>
        <HoursChart hours={counts?.hours ?? []} />
      </Card>
      <Card withBorder padding="lg" radius="md">
        <Text size="sm" c="dimmed" mb={4}>
          {t('webhooks.column.lastEvent')}
        </Text>
        <LastEventCell lastEvent={webhook.lastEvent} />
      </Card>
      <RecentAttempts webhookId={webhook.id} />
    </Stack>
  );
}

function Figure({ name, value }: { readonly name: string; readonly value: string }) {
  return (
    <Card withBorder padding="md" radius="md">
      <Text size="sm" c="dimmed">
        {name}
      </Text>
      <Text fz={26} fw={600} lh={1.3}>
        {value}
      </Text>
    </Card>
  );
}
