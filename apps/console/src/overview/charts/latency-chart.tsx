import { useTranslation } from 'react-i18next';
import { CartesianGrid, Line, LineChart, ResponsiveContainer, Tooltip, XAxis, YAxis } from 'recharts';
import type { Stats } from '../../api';
import { useTimeFormat } from '../../shown';
import { span } from '../numbers';
import { bucketTime } from './bucket-time';
import { ChartLegend } from './chart-legend';
import { ChartPanel } from './chart-panel';
import { ChartTooltip } from './chart-tooltip';
import { AXIS, GRID, HEIGHT, LINE, ONE_LAYER } from './looks';

const PERCENTILES = [
  ['p50', LINE.first, undefined],
  ['p95', LINE.second, '6 3'],
  ['p99', LINE.third, '2 3'],
] as const;

/** How long receivers took. The lines differ in their dashes too. */
export function LatencyChart({ stats }: { readonly stats: Stats }) {
  const { t } = useTranslation();
  const format = useTimeFormat();
  const data = stats.buckets.map(({ start, latency }) => ({ time: bucketTime(start, stats.bucketSeconds, format), ...latency }));
  const { p50, p95, p99 } = stats.totals.latency;
  const shown = (value: number | null) => (value === null ? '–' : span(value));
  const few = data.filter((bucket) => bucket.p50 !== null).length < 24;
  return (
    <ChartPanel
      title={t('overview.chart.latency')}
      summary={t('overview.chart.latencySummary', { p50: shown(p50), p95: shown(p95), p99: shown(p99) })}
      columns={[t('overview.chart.time'), ...PERCENTILES.map(([name]) => name)]}
      rows={data.map((bucket) => [bucket.time, ...PERCENTILES.map(([name]) => shown(bucket[name]))])}
      empty={stats.totals.attempts === 0}
    >
      <ResponsiveContainer width="100%" height={HEIGHT}>
        <LineChart data={data} accessibilityLayer={false} margin={{ left: -8, right: 4, top: 4 }}>
          <CartesianGrid {...GRID} />
          <XAxis dataKey="time" {...AXIS} minTickGap={40} />
          <YAxis {...AXIS} width={60} tickFormatter={span} />
          <Tooltip isAnimationActive={false} content={<ChartTooltip shown={span} />} />
          {PERCENTILES.map(([name, color, dashes]) => (
            <Line
              key={name}
              dataKey={name}
              stroke={color}
              strokeWidth={2}
              strokeDasharray={dashes}
              dot={few ? { r: 2.5, strokeDasharray: '' } : false}
              isAnimationActive={false}
              {...ONE_LAYER}
            />
          ))}
        </LineChart>
      </ResponsiveContainer>
      <ChartLegend shape="line" entries={PERCENTILES.map(([name, color, dashes]) => ({ name, color, dashes }))} />
    </ChartPanel>
  );
}
