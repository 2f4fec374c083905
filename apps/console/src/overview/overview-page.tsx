import { Group, Stack } from '@mantine/core';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { Suspense, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Page } from '../app';
import { TimeFilter } from '../filters';
import { ProblemState } from '../list';
import { lazyAhead } from '../shown';
import { Attention } from './attention';
import { Checklist } from './checklist';
import { ChartsSkeleton } from './charts-skeleton';
import { Figures } from './figures';
import { type Outcome, historyFilter, type HistoryFilter } from './outcomes';
import { DEFAULT_RANGE, type OverviewSearch, overviewSearch } from './overview-search';
import classes from './overview.module.css';
import { useOverview, useStats } from './use-overview';
import { HistoryChooser, WebhookSelect } from './webhook-chooser';

const { Component: Charts, expect: expectCharts } = lazyAhead(async () => (await import('./charts/charts')).Charts);
expectCharts();

/** How the account's deliveries go: numbers, what needs attention, charts. */
export function OverviewPage() {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const search = overviewSearch(useSearch({ strict: false }));
  const overview = useOverview();
  const stats = useStats(search);
  const [asked, setAsked] = useState<HistoryFilter>();
  const isTimed = search.range ?? search.from ?? search.to;

  const change = (to: object) => void navigate({ to: '/', search: (before: OverviewSearch) => ({ ...before, ...to }), replace: true });
  const openHistory = (outcome: Outcome, start: string) => {
    const filter = historyFilter(outcome, start, stats.data!.bucketSeconds);
    if (!search.webhookId) setAsked(filter);
    else void navigate({ to: '/webhooks/$webhookId/history', params: { webhookId: search.webhookId }, search: filter as never });
  };

  return (
    <Page title={t('overview.title')} hint={t('overview.hint')}>
      {overview.error && !overview.data ? (
        <div className={classes.panel}>
          <ProblemState error={overview.error} onRetry={() => void overview.refetch()} />
        </div>
      ) : (
        <>
          {overview.data ? <Checklist overview={overview.data} /> : null}
          <Figures overview={overview.data} />
          {overview.data ? <Attention overview={overview.data} /> : null}
        </>
      )}
      <Stack gap="md">
        <Group className={classes.chartFilters} gap="sm" role="search" aria-label={t('overview.filters')}>
          <TimeFilter value={isTimed ? search : { range: DEFAULT_RANGE }} onChange={change} />
          <WebhookSelect value={search.webhookId} onChange={(webhookId) => change({ webhookId })} />
        </Group>
        {stats.error && !stats.data ? (
          <div className={classes.panel}>
            <ProblemState error={stats.error} onRetry={() => void stats.refetch()} />
          </div>
        ) : stats.data ? (
          <Suspense fallback={<ChartsSkeleton />}>
            <Charts stats={stats.data} webhookId={search.webhookId} onOutcome={openHistory} stale={stats.isPlaceholderData} />
          </Suspense>
        ) : (
          <ChartsSkeleton />
        )}
      </Stack>
      <HistoryChooser filter={asked} onClose={() => setAsked(undefined)} />
    </Page>
  );
}
