import { Anchor } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { Bar, BarChart, type BarShapeProps, CartesianGrid, ResponsiveContainer, Tooltip, XAxis, YAxis } from 'recharts';
import type { Stats } from '../../api';
import { useTimeFormat } from '../../shown';
import { count } from '../numbers';
import { historyFilter, type Outcome, OUTCOMES } from '../outcomes';
import { bucketTime } from './bucket-time';
import { ChartLegend } from './chart-legend';
import { ChartPanel } from './chart-panel';
import { ChartTooltip } from './chart-tooltip';
import { AXIS, GRID, HEIGHT, OUTCOME_COLORS } from './looks';

interface OutcomeChartProps {
  readonly stats: Stats;
  readonly webhookId: string | undefined;
  /** The history belongs to a webhook: without one it is asked for. */
  readonly onOutcome: (outcome: Outcome, start: string) => void;
}

/** How attempts ended. A bar, and a number of the table, leads to the attempts it counts. */
export function OutcomeChart({ stats, webhookId, onOutcome }: OutcomeChartProps) {
  const { t } = useTranslation();
  const format = useTimeFormat();
  const shown = OUTCOMES.filter((outcome) => outcome === 'success' || stats.totals.outcomes[outcome] > 0);
  const data = stats.buckets.map(({ start, outcomes }) => ({ start, time: bucketTime(start, stats.bucketSeconds, format), ...outcomes }));
  const name = (outcome: Outcome) => t(`overview.outcome.${outcome}`);
  const numberOf = (outcome: Outcome, start: string, number: number) =>
    webhookId === undefined ? (
      <Anchor component="button" type="button" inherit onClick={() => onOutcome(outcome, start)}>
        {count(number)}
      </Anchor>
    ) : (
      <Anchor
        inherit
        renderRoot={(props: object) => (
          <Link
            to="/webhooks/$webhookId/history"
            params={{ webhookId }}
            search={historyFilter(outcome, start, stats.bucketSeconds) as never}
            {...props}
          />
        )}
      >
        {count(number)}
      </Anchor>
    );
  return (
    <ChartPanel
      title={t('overview.chart.outcomes')}
      summary={t('overview.chart.outcomesSummary', { attempts: count(stats.totals.attempts), failed: count(stats.totals.failed) })}
      columns={[t('overview.chart.time'), ...shown.map(name)]}
      rows={data.map(({ start, time, ...outcomes }) => [
        time,
        ...shown.map((outcome) => (outcomes[outcome] === 0 ? '0' : numberOf(outcome, start, outcomes[outcome]))),
      ])}
      empty={stats.totals.attempts === 0}
    >
      <ResponsiveContainer width="100%" height={HEIGHT}>
        <BarChart data={data} accessibilityLayer={false} margin={{ left: -8, right: 4, top: 4 }}>
          <CartesianGrid {...GRID} />
          <XAxis dataKey="time" {...AXIS} minTickGap={40} />
          <YAxis {...AXIS} allowDecimals={false} width={48} tickFormatter={count} />
          <Tooltip cursor={{ fill: 'var(--hs-hover)' }} isAnimationActive={false} content={<ChartTooltip shown={count} withoutZeros />} />
          {shown.map((outcome) => (
            <Bar
              key={outcome}
              dataKey={outcome}
              name={name(outcome)}
              stackId="attempts"
              fill={OUTCOME_COLORS[outcome]}
              isAnimationActive={false}
              cursor="pointer"
              maxBarSize={28}
              shape={barShape}
              onClick={({ payload }: { payload?: { start?: string } }) => payload?.start && onOutcome(outcome, payload.start)}
            />
          ))}
        </BarChart>
      </ResponsiveContainer>
      <ChartLegend shape="dot" entries={shown.map((outcome) => ({ name: name(outcome), color: OUTCOME_COLORS[outcome] }))} />
    </ChartPanel>
  );
}

/** A bar that neither moves nor rounds its corners: there are hundreds. */
function barShape({ x, y, width, height, fill }: BarShapeProps) {
  return height > 0 ? <rect x={x} y={y} width={width} height={height} fill={fill} /> : null;
}
