import { useTranslation } from 'react-i18next';
import { Area, AreaChart, CartesianGrid, ResponsiveContainer, Tooltip, XAxis, YAxis } from 'recharts';
import { useNow, useTimeFormat } from '../../shown';
import { backlogSamples } from '../backlog-samples';
import { count } from '../numbers';
import { ChartPanel } from './chart-panel';
import { ChartTooltip } from './chart-tooltip';
import { AXIS, GRID, HEIGHT, LINE } from './looks';

/** How many deliveries waited, as far as this page has watched: nothing keeps more than the present. */
export function BacklogChart({ accountId }: { readonly accountId: string }) {
  const { t } = useTranslation();
  const { full } = useTimeFormat();
  useNow();
  const samples = backlogSamples(accountId);
  const data = samples.map(({ at, count: waiting }) => ({ time: full(new Date(at).toISOString()).split(', ').at(-1), waiting }));
  const title = t('overview.chart.backlog');
  return (
    <ChartPanel
      title={title}
      hint={t('overview.chart.backlogHint')}
      summary={t('overview.chart.backlogSummary', { waiting: count(samples.at(-1)?.count ?? 0) })}
      columns={[t('overview.chart.time'), title]}
      rows={data.toReversed().map(({ time, waiting }) => [time, count(waiting)])}
    >
      <ResponsiveContainer width="100%" height={HEIGHT}>
        <AreaChart data={data} accessibilityLayer={false} margin={{ left: -8, right: 4, top: 4 }}>
          <CartesianGrid {...GRID} />
          <XAxis dataKey="time" {...AXIS} minTickGap={60} />
          <YAxis {...AXIS} width={48} allowDecimals={false} tickFormatter={count} domain={[0, 'auto']} />
          <Tooltip isAnimationActive={false} content={<ChartTooltip shown={count} />} />
          <Area
            type="stepAfter"
            dataKey="waiting"
            name={title}
            stroke={LINE.first}
            strokeWidth={2}
            fill={LINE.first}
            fillOpacity={0.1}
            isAnimationActive={false}
            dot={data.length < 24 ? { r: 2.5, fillOpacity: 1 } : false}
          />
        </AreaChart>
      </ResponsiveContainer>
    </ChartPanel>
  );
}
