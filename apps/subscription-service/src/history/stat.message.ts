import type * as rpc from '../grpc/index.js';
import { timestampOf } from '../grpc/index.js';
import { healthMessage } from '../webhook-standing/index.js';
import { timestampOrNone } from './history.message.js';
import type { Overview } from './overview.service.js';
import type { AttemptCounts } from './stat-counts.js';
import type { Stats } from './stat.service.js';

export function statsMessage({ webhookId, from, to, totals, buckets, ...same }: Stats): rpc.GetStatsResponse {
  return {
    ...same,
    webhookId: webhookId ?? undefined,
    from: timestampOf(from),
    to: timestampOf(to),
    totals: countsMessage(totals),
    buckets: buckets.map(({ start, backlog, ...counts }) => ({
      ...{ start: timestampOf(start), counts: countsMessage(counts) },
      backlog: backlog ?? undefined,
    })),
  };
}

export function overviewMessage({ from, to, totals, backlog, webhooks, attentionCount, attention }: Overview): rpc.GetOverviewResponse {
  return {
    from: timestampOf(from),
    to: timestampOf(to),
    totals: countsMessage(totals),
    backlog: { ...backlog, oldestAt: timestampOrNone(backlog.oldestAt), oldestAgeMs: backlog.oldestAgeMs ?? undefined },
    webhooks,
    attentionCount,
    attention: attention.map(({ health, ...same }) => ({ ...same, health: healthMessage(health) })),
  };
}

function countsMessage({ successRate, latency, outcomes, ...same }: AttemptCounts): rpc.AttemptCounts {
  const { p50, p95, p99 } = latency;
  return {
    ...same,
    outcomes,
    successRate: successRate ?? undefined,
    latency: { p50: p50 ?? undefined, p95: p95 ?? undefined, p99: p99 ?? undefined },
  };
}
