import { Anchor, SimpleGrid, Skeleton, Text } from '@mantine/core';
import { IconAlertTriangle, IconCircleCheck, IconClockHour4, IconSend, IconStack2 } from '@tabler/icons-react';
import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { Overview } from '../api';
import { count, percent, span } from './numbers';
import classes from './overview.module.css';

/** The five numbers that say whether all is well. */
export function Figures({ overview }: { readonly overview: Overview | undefined }) {
  const { t } = useTranslation();
  if (!overview) return <FiguresSkeleton />;
  const { totals, backlog, attentionCount, webhooks } = overview;
  const p95 = totals.latency.p95;
  return (
    <SimpleGrid component="dl" cols={{ base: 2, md: 5 }} spacing={{ base: 'xs', md: 'md' }} className={classes.figures}>
      <Figure
        icon={<IconCircleCheck size={16} />}
        name={t('overview.figure.successRate')}
        value={totals.successRate === null ? '–' : percent(totals.successRate)}
        note={t('overview.figure.failed', { count: totals.failed, shown: count(totals.failed) })}
      />
      <Figure
        icon={<IconSend size={16} />}
        name={t('overview.figure.deliveries')}
        value={count(totals.deliveries)}
        note={t('overview.figure.attempts', { count: totals.attempts, shown: count(totals.attempts) })}
      />
      <Figure
        icon={<IconClockHour4 size={16} />}
        name={t('overview.figure.latency')}
        value={p95 === null ? '–' : span(p95)}
        note={totals.latency.p50 === null ? t('overview.figure.lastDay') : t('overview.figure.median', { value: span(totals.latency.p50) })}
      />
      <Figure
        icon={<IconStack2 size={16} />}
        name={t('overview.figure.backlog')}
        value={`${count(backlog.count)}${backlog.countIsLowerBound ? '+' : ''}`}
        note={
          backlog.oldestAgeMs === null ? t('overview.figure.nothingWaits') : t('overview.figure.oldest', { age: span(backlog.oldestAgeMs) })
        }
      />
      <Figure
        icon={<IconAlertTriangle size={16} />}
        name={t('overview.figure.attention')}
        value={count(attentionCount)}
        note={
          <Anchor inherit renderRoot={(props: object) => <Link to="/webhooks" {...props} />}>
            {t('overview.figure.ofWebhooks', { count: webhooks.total, shown: count(webhooks.total) })}
          </Anchor>
        }
      />
    </SimpleGrid>
  );
}

interface FigureProps {
  readonly icon: ReactNode;
  readonly name: string;
  readonly value: string;
  readonly note: ReactNode;
}

function Figure({ icon, name, value, note }: FigureProps) {
  return (
    <div className={classes.figure}>
      <dt className={classes.figureName}>
        <span aria-hidden className={classes.figureIcon}>
          {icon}
        </span>
        {name}
      </dt>
      <dd className={classes.figureValue}>{value}</dd>
      <Text component="dd" size="sm" c="dimmed" m={0}>
        {note}
      </Text>
    </div>
  );
}

function FiguresSkeleton() {
  return (
    <SimpleGrid cols={{ base: 2, md: 5 }} spacing={{ base: 'xs', md: 'md' }} aria-hidden>
      {Array.from({ length: 5 }, (_, index) => (
        <Skeleton key={index} height={112} radius="md" />
      ))}
    </SimpleGrid>
  );
}
