import { Card, Group, Skeleton, Stack, Text, Title } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useNavigate, useParams, useSearch } from '@tanstack/react-router';
import { type ReactNode, useId } from 'react';
import { useTranslation } from 'react-i18next';
import { getEvent, getRedelivery, type PastEventDetail, traceEvent } from '../api';
import { Page } from '../app';
import { prettyJson } from '../delivery';
import { isUnderWay, RedeliveryProgress } from '../history';
import { ProblemState } from '../list';
import { CodeView, expectCode, IdText, StatusWord, TimeText } from '../shown';
import { type EventSearch, eventSearch } from './events-search';
import { RedeliverMenu } from './redeliver-event';
import { FanOutPanel } from './fan-out-panel';
import classes from './events.module.css';

expectCode();

const RUNNING_MS = 2_000;
const PROGRESS_MS = 1_000;

/** One event: its envelope, its data, and what became of it at each webhook. */
export function EventPage() {
  const { t } = useTranslation();
  const { eventId = '' } = useParams({ strict: false });
  const navigate = useNavigate();
  const { source, webhooks, redelivery } = eventSearch(useSearch({ strict: false }));
  const change = (changed: { readonly [Name in keyof EventSearch]?: EventSearch[Name] | undefined }) =>
    void navigate({ to: '.', search: (before: object) => ({ ...before, ...changed }), replace: true, resetScroll: false });
  const follow = (id: string | undefined) => change({ redelivery: id });
  const query = source === undefined ? {} : { source };
  const event = useQuery({
    queryKey: ['event', eventId, source],
    queryFn: async () => (await getEvent({ path: { id: eventId }, query, throwOnError: true })).data,
    refetchInterval: ({ state }) => (state.data?.result === 'running' ? RUNNING_MS : false),
  });
  const progress = useQuery({
    queryKey: ['redelivery', redelivery],
    enabled: redelivery !== undefined,
    queryFn: async () => (await getRedelivery({ path: { id: redelivery! }, throwOnError: true })).data,
    refetchInterval: ({ state }) => (state.data && !isUnderWay(state.data) ? false : PROGRESS_MS),
  });
  const busy = event.data?.result === 'running' || (progress.data !== undefined && isUnderWay(progress.data));
  const trace = useQuery({
    queryKey: ['trace', eventId, source],
    queryFn: async () => (await traceEvent({ path: { id: eventId }, query, throwOnError: true })).data,
    refetchInterval: busy || progress.data ? RUNNING_MS : false,
  });
  if (!event.data) {
    return (
      <Page title={t('events.title')}>
        <Card withBorder radius="md" padding="lg">
          {event.error ? <ProblemState error={event.error} onRetry={() => void event.refetch()} /> : <Skeleton height={320} />}
        </Card>
      </Page>
    );
  }
  return (
    <Page
      title={t('events.detail.title', { type: event.data.type })}
      actions={trace.data ? <RedeliverMenu event={event.data} trace={trace.data} onStarted={follow} /> : null}
    >
      <Group gap="sm" mt="calc(var(--mantine-spacing-md) * -1)">
        <StatusWord status={event.data.result} word={t(`events.result.${event.data.result}`)} />
        <IdText id={event.data.id} main />
      </Group>
      {progress.data ? <RedeliveryProgress redelivery={progress.data} of={event.data.type} onDismiss={() => follow(undefined)} /> : null}
      <div className={classes.columns}>
        <Envelope event={event.data} />
        <EventData event={event.data} />
      </div>
      <FanOutPanel
        event={event.data}
        trace={trace}
        filter={webhooks ?? 'all'}
        onFilter={(chosen) => change({ webhooks: chosen === 'all' ? undefined : chosen })}
        onStarted={follow}
      />
    </Page>
  );
}

function Envelope({ event }: { readonly event: PastEventDetail }) {
  const { t } = useTranslation();
  const { id, type, source, channelId, time, receivedAt, dataContentType, traceparent } = event;
  const mono = (text: string) => (
    <Text span size="sm" ff="monospace">
      {text}
    </Text>
  );
  return (
    <Panel title={t('events.detail.envelope')}>
      <dl className={classes.facts}>
        <dt>{t('events.detail.id')}</dt>
        <dd>
          <IdText id={id} />
        </dd>
        <dt>{t('events.detail.type')}</dt>
        <dd>{mono(type)}</dd>
        <dt>{t('events.detail.source')}</dt>
        <dd>{mono(source)}</dd>
        <dt>{t('events.detail.channel')}</dt>
        <dd>{channelId ? mono(channelId) : t('events.detail.noChannel')}</dd>
        <dt>{t('events.detail.occurred')}</dt>
        <dd>
          <TimeText iso={time} as="full" />
        </dd>
        <dt>{t('events.detail.received')}</dt>
        <dd>
          <TimeText iso={receivedAt} as="full" />
        </dd>
        {dataContentType ? (
          <>
            <dt>{t('events.detail.contentType')}</dt>
            <dd>{mono(dataContentType)}</dd>
          </>
        ) : null}
        {traceparent ? (
          <>
            <dt>{t('events.detail.traceparent')}</dt>
            <dd>{mono(traceparent)}</dd>
          </>
        ) : null}
      </dl>
    </Panel>
  );
}

function EventData({ event: { data, dataState, context } }: { readonly event: PastEventDetail }) {
  const { t } = useTranslation();
  return (
    <Panel title={t('events.detail.data')}>
      <Stack gap="sm">
        <Text size="sm" c="dimmed">
          {data === null
            ? t('events.detail.gone')
            : t(dataState === 'redacted' ? 'events.detail.redacted' : 'events.detail.dataAsPublished')}
        </Text>
        {data === null ? null : <CodeView text={prettyJson(data)} label={t('events.detail.data')} maxHeight="280px" />}
        {context === null ? null : (
          <>
            <Title order={3} size="h4">
              {t('events.detail.context')}
            </Title>
            <CodeView text={prettyJson(context)} label={t('events.detail.context')} />
          </>
        )}
      </Stack>
    </Panel>
  );
}

function Panel({ title, children }: { readonly title: string; readonly children: ReactNode }) {
  const id = useId();
  return (
    <Card component="section" withBorder radius="md" padding="lg" aria-labelledby={id}>
      <Title order={2} size="h4" id={id} mb="sm">
        {title}
      </Title>
      {children}
    </Card>
  );
}
