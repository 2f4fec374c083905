import { Anchor, Button, Card, Group, SimpleGrid, Stack, Table, Text, Title } from '@mantine/core';
import { IconSend } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useId } from 'react';
import { useTranslation } from 'react-i18next';
import { listAttempts, type Webhook } from '../../api';
import { ProblemState } from '../../list';
import { StatusWord, TimeText } from '../../shown';
import { LastEventCell, useSuccessRate } from '../../webhooks';
import { HoursChart } from './hours-chart';

const RECENT = 8;
const REFRESH_MS = 5_000;

/** The last day at a glance: how many arrived, hour by hour, and the latest attempts. */
export function OverviewTab({ webhook }: { readonly webhook: Webhook }) {
  const { t } = useTranslation();
  const chartId = useId();
  const { counts } = webhook;
  const rate = useSuccessRate();
  const waiting = webhook.health.waiting;
  return (
    <Stack gap="lg">
      <SimpleGrid cols={{ base: 2, md: 4 }}>
        <Figure name={t('webhook.overview.rate')} value={counts ? rate(counts) : '–'} />
        <Figure name={t('webhook.overview.delivered')} value={counts ? String(counts.succeeded) : '–'} />
        <Figure name={t('webhook.overview.failed')} value={counts ? String(counts.failed) : '–'} />
        <Figure name={t('webhook.overview.waiting')} value={`${waiting}${webhook.health.waitingIsLowerBound ? '+' : ''}`} />
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

function RecentAttempts({ webhookId }: { readonly webhookId: string }) {
  const { t } = useTranslation();
  const titleId = useId();
  const attempts = useQuery({
    queryKey: ['recentAttempts', webhookId],
    queryFn: async () => (await listAttempts({ path: { id: webhookId }, query: { limit: RECENT }, throwOnError: true })).data.data,
    refetchInterval: ({ state }) => (state.error ? false : REFRESH_MS),
  });
  return (
    <Card component="section" withBorder padding="lg" radius="md" aria-labelledby={titleId}>
      <Group justify="space-between" mb="sm">
        <Title order={2} size="h4" id={titleId}>
          {t('webhook.overview.recent')}
        </Title>
        <Anchor size="sm" renderRoot={(props) => <Link to="/webhooks/$webhookId/history" params={{ webhookId }} {...props} />}>
          {t('webhook.overview.all')}
        </Anchor>
      </Group>
      {attempts.error && !attempts.data ? <ProblemState error={attempts.error} onRetry={() => void attempts.refetch()} /> : null}
      {attempts.data?.length === 0 ? (
        <Stack align="flex-start" gap="xs">
          <Text size="sm">{t('webhook.overview.nothing')}</Text>
          <Button
            size="xs"
            leftSection={<IconSend size={14} aria-hidden />}
            renderRoot={(props) => <Link to="/webhooks/$webhookId/testing" params={{ webhookId }} {...props} />}
          >
            {t('webhook.action.test')}
          </Button>
        </Stack>
      ) : null}
      {attempts.data && attempts.data.length > 0 ? (
        <Table.ScrollContainer minWidth={520} type="native">
          <Table verticalSpacing={8}>
            <Table.Thead>
              <Table.Tr>
                {(['event', 'attempted', 'code', 'status', 'duration'] as const).map((column) => (
                  <Table.Th key={column} scope="col">
                    {t(`webhook.overview.column.${column}`)}
                  </Table.Th>
                ))}
              </Table.Tr>
            </Table.Thead>
            <Table.Tbody>
              {attempts.data.map(({ id, eventType, attemptedAt, statusCode, status, durationMs }) => (
                <Table.Tr key={id}>
                  <Table.Th scope="row" fw={400} ff="monospace">
                    {eventType}
                  </Table.Th>
                  <Table.Td>
                    <TimeText iso={attemptedAt} />
                  </Table.Td>
                  <Table.Td>{statusCode ?? '–'}</Table.Td>
                  <Table.Td>
                    <StatusWord status={status === 'succeeded' ? 'succeeded' : 'failed'} />
                  </Table.Td>
                  <Table.Td>{durationMs} ms</Table.Td>
                </Table.Tr>
              ))}
            </Table.Tbody>
          </Table>
        </Table.ScrollContainer>
      ) : null}
    </Card>
  );
}
