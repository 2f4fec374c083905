import { useTranslation } from 'react-i18next';
import { Area, AreaChart, CartesianGrid, ResponsiveContainer, Tooltip, XAxis, YAxis } from 'recharts';
import type { Stats } from '../../api';
import { useTimeFormat } from '../../shown';
import { count } from '../numbers';
import { bucketTime } from './bucket-time';
import { ChartPanel } from './chart-panel';
import { ChartTooltip } from './chart-tooltip';
import { AXIS, GRID, HEIGHT, LINE, ONE_LAYER } from './looks';

/** The most deliveries that waited at once; a gap where nobody counted. Always of the account: a webhook's is not kept. */
export function BacklogChart({ stats }: { readonly stats: Stats }) {
  const { t } = useTranslation();
  const format = useTimeFormat();
  const data = stats.buckets.map(({ start, backlog }) => ({ time: bucketTime(start, stats.bucketSeconds, format), backlog }));
  const counted = data.flatMap(({ backlog }) => backlog ?? []);
  const title = t('overview.chart.backlog');
  return (
    <ChartPanel
      title={title}
      summary={t('overview.chart.backlogSummary', { waiting: count(Math.max(0, ...counted)) })}
      columns={[t('overview.chart.time'), title]}
      rows={data.map(({ time, backlog }) => [time, backlog === null ? '–' : count(backlog)])}
      empty={counted.length === 0}
      none={t(stats.webhookId === null ? 'overview.chart.backlogUnknown' : 'overview.chart.backlogOfAccount')}
    >
      <ResponsiveContainer width="100%" height={HEIGHT}>
        <AreaChart data={data} accessibilityLayer={false} margin={{ left: -8, right: 4, top: 4 }}>
          <CartesianGrid {...GRID} />
          <XAxis dataKey="time" {...AXIS} minTickGap={40} />
          <YAxis {...AXIS} width={48} allowDecimals={false} tickFormatter={count} domain={[0, 'auto']} />
          <Tooltip isAnimationActive={false} content={<ChartTooltip shown={count} />} />
          <Area
            type="stepAfter"
            dataKey="backlog"
            name={title}
            stroke={LINE.first}
            strokeWidth={2}
            fill={LINE.first}
            fillOpacity={0.1}
            isAnimationActive={false}
            {...ONE_LAYER}
            dot={counted.length < 24 ? { r: 2.5, fillOpacity: 1 } : false}
          />
        </AreaChart>
      </ResponsiveContainer>
    </ChartPanel>
  );
}
