import { useTranslation } from 'react-i18next';
import { Area, AreaChart, CartesianGrid, ResponsiveContainer, Tooltip, XAxis, YAxis } from 'recharts';
import type { Stats } from '../../api';
import { useTimeFormat } from '../../shown';
import { percent } from '../numbers';
import { bucketTime } from './bucket-time';
import { ChartPanel } from './chart-panel';
import { ChartTooltip } from './chart-tooltip';
import { AXIS, GRID, HEIGHT, LINE, ONE_LAYER } from './looks';

/** Which part of the attempts succeeded; a gap where there were none. */
export function SuccessChart({ stats }: { readonly stats: Stats }) {
  const { t } = useTranslation();
  const format = useTimeFormat();
  const data = stats.buckets.map(({ start, successRate }) => ({ time: bucketTime(start, stats.bucketSeconds, format), successRate }));
  const title = t('overview.chart.successRate');
  const { successRate } = stats.totals;
  return (
    <ChartPanel
      title={title}
      summary={t('overview.chart.successRateSummary', { rate: successRate === null ? '–' : percent(successRate) })}
      columns={[t('overview.chart.time'), title]}
      rows={data.map(({ time, successRate: rate }) => [time, rate === null ? '–' : percent(rate)])}
      empty={stats.totals.attempts === 0}
    >
      <ResponsiveContainer width="100%" height={HEIGHT}>
        <AreaChart data={data} accessibilityLayer={false} margin={{ left: -8, right: 4, top: 4 }}>
          <CartesianGrid {...GRID} />
          <XAxis dataKey="time" {...AXIS} minTickGap={40} />
          <YAxis {...AXIS} width={56} domain={[0, 1]} ticks={[0, 0.25, 0.5, 0.75, 1]} tickFormatter={(rate: number) => `${rate * 100} %`} />
          <Tooltip isAnimationActive={false} content={<ChartTooltip shown={percent} />} />
          <Area
            dataKey="successRate"
            name={title}
            stroke={LINE.first}
            strokeWidth={2}
            fill={LINE.first}
            fillOpacity={0.1}
            isAnimationActive={false}
            {...ONE_LAYER}
            dot={data.filter(({ successRate: rate }) => rate !== null).length < 24 ? { r: 2.5, fillOpacity: 1 } : false}
          />
        </AreaChart>
      </ResponsiveContainer>
    </ChartPanel>
  );
}
