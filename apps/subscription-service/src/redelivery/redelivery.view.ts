import type { DryRun, Redelivery, RedeliveryResults, Selection } from './redelivery.js';

/** A redelivery as its owner reads it. @param results absent in lists */
export function redeliveryView(redelivery: Redelivery, results?: RedeliveryResults) {
  const { id, kind, webhookId, eventId, selection, status, count, sent, skipped, problem } = redelivery;
  const { createdAt, createdBy, startedAt, completedAt } = redelivery;
  return {
    id,
    kind,
    webhookId,
    eventId,
    dryRun: false,
    filter: filterView(selection),
    status,
    count,
    countIsLowerBound: status === 'preparing',
    sent,
    skipped,
    remaining: status === 'cancelled' || status === 'failed' ? 0 : Math.max(0, count - sent - skipped),
    succeeded: results?.succeeded ?? null,
    failed: results?.failed ?? null,
    problem,
    createdAt,
    createdBy,
    startedAt,
    completedAt,
  };
}

export function dryRunView({ webhookId, selection, count, countIsLowerBound }: DryRun): RedeliveryView {
  return {
    id: null,
    kind: 'webhook',
    webhookId,
    eventId: null,
    dryRun: true,
    filter: filterView(selection),
    status: 'counted',
    count,
    countIsLowerBound,
    sent: 0,
    skipped: 0,
    remaining: count,
    succeeded: null,
    failed: null,
    problem: null,
    createdAt: null,
    createdBy: null,
    startedAt: null,
    completedAt: null,
  };
}

type View = ReturnType<typeof redeliveryView>;
export type RedeliveryView = Omit<View, 'id' | 'status' | 'createdAt' | 'createdBy'> & {
  readonly id: string | null;
  readonly status: View['status'] | 'counted';
  readonly createdAt: string | null;
  readonly createdBy: string | null;
};

function filterView(selection: Selection | null) {
  if (selection === null) return null;
  const { since, until, statuses, eventTypes, narrowing } = selection;
  const { code = null, errorClass = null, trigger = null, deliveryId = null, eventId = null } = narrowing;
  return { since, until, statuses, eventTypes, code, errorClass, trigger, deliveryId, eventId };
}
