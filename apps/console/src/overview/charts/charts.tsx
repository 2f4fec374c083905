import { SimpleGrid } from '@mantine/core';
import type { Stats } from '../../api';
import type { Outcome } from '../outcomes';
import { BacklogChart } from './backlog-chart';
import { LatencyChart } from './latency-chart';
import { OutcomeChart } from './outcome-chart';
import { SuccessChart } from './success-chart';

interface ChartsProps {
  readonly stats: Stats;
  /** Whose numbers these are; undefined: of all webhooks. */
  readonly webhookId: string | undefined;
  readonly onOutcome: (outcome: Outcome, start: string) => void;
  readonly stale: boolean;
}

/** All charts: they come with their library, after the numbers. */
export function Charts({ stats, webhookId, onOutcome, stale }: ChartsProps) {
  return (
    <SimpleGrid cols={{ base: 1, md: 2 }} spacing="md" aria-busy={stale} data-charts>
      <OutcomeChart stats={stats} webhookId={webhookId} onOutcome={onOutcome} />
      <SuccessChart stats={stats} />
      <LatencyChart stats={stats} />
      <BacklogChart stats={stats} />
    </SimpleGrid>
  );
}
