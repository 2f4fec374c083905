import { ActionIcon, Anchor, Group, SegmentedControl, Skeleton, Stack, Table, Text, Title, Tooltip } from '@mantine/core';
import { useMediaQuery } from '@mantine/hooks';
import { IconSend2 } from '@tabler/icons-react';
import type { UseQueryResult } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useId, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { EventTrace, PastEvent } from '../api';
import { useSession } from '../app';
import { ProblemState, ShowAll } from '../list';
import { StatusWord, TimeText } from '../shown';
import { asSentence, fanOut, type FanOutFilter } from './fan-out';
import { FAN_OUT_FILTERS } from './events-search';
import classes from './events.module.css';
import { RedeliverDialog } from './redeliver-event';

type Traced = EventTrace['webhooks'][number];

/** Rows at first: an account may have hundreds of webhooks, and those that got the event come first. */
const FIRST = 50;

interface FanOutPanelProps {
  readonly event: PastEvent;
  readonly trace: UseQueryResult<EventTrace>;
  readonly filter: FanOutFilter;
  readonly onFilter: (filter: FanOutFilter) => void;
  readonly onStarted: (redeliveryId: string) => void;
}

/** Each webhook of the account: what became of the event there, or why it was not sent. */
export function FanOutPanel({ event, trace, filter, onFilter, onStarted }: FanOutPanelProps) {
  const { t } = useTranslation();
  const id = useId();
  const [sendTo, setSendTo] = useState<Traced>();
  return (
    <section className={classes.panel} aria-labelledby={id}>
      <div className={classes.panelHead}>
        <div>
          <Title order={2} size="h4" id={id}>
            {t('events.fanOut.title')}
          </Title>
          <Text size="sm" c="dimmed">
            {t('events.fanOut.hint')}
          </Text>
        </div>
        <SegmentedControl
          size="xs"
          aria-label={t('events.fanOut.filter.label')}
          value={filter}
          onChange={onFilter}
          data={(['all', ...FAN_OUT_FILTERS] as const).map((value) => ({ value, label: t(`events.fanOut.filter.${value}`) }))}
        />
      </div>
      {trace.data ? (
        <FanOutTable event={event} trace={trace.data} filter={filter} onSend={setSendTo} />
      ) : trace.error ? (
        <ProblemState error={trace.error} onRetry={() => void trace.refetch()} />
      ) : (
        <Skeleton height={160} m="lg" />
      )}
      <RedeliverDialog
        event={event}
        request={sendTo ? { to: 'webhook', webhookId: sendTo.webhookId } : undefined}
        name={sendTo?.name ?? ''}
        onClose={() => setSendTo(undefined)}
        onStarted={onStarted}
      />
    </section>
  );
}

interface FanOutTableProps {
  readonly event: PastEvent;
  readonly trace: EventTrace;
  readonly filter: FanOutFilter;
  readonly onSend: (webhook: Traced) => void;
}

function FanOutTable({ event, trace, filter, onSend }: FanOutTableProps) {
  const { t } = useTranslation();
  const narrow = useMediaQuery('(max-width: 48em)', false, { getInitialValueInEffect: false });
  const mayRedeliver = useSession().may('deliveries:redeliver') && !event.test;
  const rowsId = useId();
  const [all, setAll] = useState(false);
  const webhooks = fanOut(trace.webhooks, filter);
  if (webhooks.length === 0) {
    return (
      <Text p="lg" c="dimmed">
        {filter === 'all' ? t('events.fanOut.none') : t(`events.fanOut.nothing.${filter}`)}
      </Text>
    );
  }
  return (
    <Table.ScrollContainer minWidth={narrow ? 280 : 560} type="native">
      <Table className={classes.table} horizontalSpacing={narrow ? 'xs' : 'md'} aria-label={t('events.fanOut.table')}>
        <Table.Thead>
          <Table.Tr>
            <Table.Th scope="col">{t('events.fanOut.webhook')}</Table.Th>
            <Table.Th scope="col">{t('events.fanOut.deliveries')}</Table.Th>
            {narrow ? null : <Table.Th scope="col">{t('events.fanOut.why')}</Table.Th>}
            {mayRedeliver ? <Table.Th scope="col">{t('events.fanOut.actions')}</Table.Th> : null}
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody id={rowsId}>
          {(all ? webhooks : webhooks.slice(0, FIRST)).map((webhook) => (
            <Table.Tr key={webhook.webhookId} data-row={webhook.webhookId} data-matched={webhook.matched}>
              <Table.Th scope="row">
                <WebhookName webhook={webhook} narrow={narrow} />
              </Table.Th>
              <Table.Td>
                <Deliveries webhook={webhook} />
                {narrow ? <Why webhook={webhook} /> : null}
              </Table.Td>
              {narrow ? null : (
                <Table.Td>
                  <Why webhook={webhook} />
                </Table.Td>
              )}
              {mayRedeliver ? (
                <Table.Td>
                  {webhook.name === null ? null : (
                    <Tooltip label={t('events.redeliver.one')}>
                      <ActionIcon
                        variant="subtle"
                        color="gray"
                        data-key="r"
                        aria-label={t('events.redeliver.oneOf', { type: event.type, name: webhook.name })}
                        onClick={() => onSend(webhook)}
                      >
                        <IconSend2 size={16} aria-hidden />
                      </ActionIcon>
                    </Tooltip>
                  )}
                </Table.Td>
              ) : null}
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
      {webhooks.length > FIRST ? <ShowAll count={webhooks.length} all={all} onChange={setAll} controls={rowsId} m="xs" /> : null}
      {trace.truncated ? (
        <Text p="md" size="sm" c="dimmed">
          {t('events.fanOut.truncated')}
        </Text>
      ) : null}
    </Table.ScrollContainer>
  );
}

function Why({ webhook: { words, changedSince } }: { readonly webhook: Traced }) {
  const { t } = useTranslation();
  return (
    <Text size="sm">
      {asSentence(words)} {changedSince ? t('events.fanOut.changedSince') : ''}
    </Text>
  );
}

function WebhookName({ webhook: { webhookId, name, url }, narrow }: { readonly webhook: Traced; readonly narrow: boolean }) {
  const { t } = useTranslation();
  if (name === null) return <Text c="dimmed">{t('events.fanOut.deleted')}</Text>;
  return (
    <Stack gap={2}>
      <Anchor size="sm" fw={600} renderRoot={(props) => <Link to="/webhooks/$webhookId" params={{ webhookId }} {...props} />}>
        {name}
      </Anchor>
      {narrow ? null : (
        <Text size="xs" c="dimmed" className={classes.mono}>
          {url}
        </Text>
      )}
    </Stack>
  );
}

function Deliveries({ webhook: { deliveries, matched, reason } }: { readonly webhook: Traced }) {
  const { t } = useTranslation();
  if (deliveries.length === 0)
    return matched ? (
      <StatusWord status="pending" />
    ) : (
      <StatusWord status="discarded" word={t(`events.fanOut.reason.${reason ?? 'unknown'}`)} />
    );
  return (
    <ul className={classes.deliveries}>
      {deliveries.map(({ delivery: { id, state, attempts, nextAttemptAt, completedAt } }) => (
        <li key={id}>
          <Group gap={8}>
            <StatusWord status={state} />
            <Anchor size="sm" renderRoot={(props) => <Link to="/deliveries/$deliveryId" params={{ deliveryId: id }} {...props} />}>
              {t('events.fanOut.attempts', { count: attempts })}
            </Anchor>
            {(nextAttemptAt ?? completedAt) ? (
              <Text size="xs" c="dimmed">
                <TimeText iso={(nextAttemptAt ?? completedAt)!} />
              </Text>
            ) : null}
          </Group>
        </li>
      ))}
    </ul>
  );
}
