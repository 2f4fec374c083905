import { enumOf, type Redelivery, type RedeliveryFilter, type Timestamp, timestampOf } from '../grpc/index.js';
import type { RedeliveryView } from './redelivery.view.js';

/** A redelivery as a message; what is null over HTTP is absent. */
export function redeliveryMessage(view: RedeliveryView): Redelivery {
  const { dryRun, count, countIsLowerBound, sent, skipped, remaining } = view;
  return {
    id: view.id ?? undefined,
    kind: enumOf('REDELIVERY_KIND_', view.kind),
    webhookId: view.webhookId ?? undefined,
    eventId: view.eventId ?? undefined,
    dryRun,
    filter: view.filter === null ? undefined : filterMessage(view.filter),
    status: enumOf('REDELIVERY_STATUS_', view.status),
    count,
    countIsLowerBound,
    sent,
    skipped,
    remaining,
    succeeded: view.succeeded ?? undefined,
    failed: view.failed ?? undefined,
    problem: view.problem ?? undefined,
    createdAt: timeOrAbsent(view.createdAt),
    createdBy: view.createdBy ?? undefined,
    startedAt: timeOrAbsent(view.startedAt),
    completedAt: timeOrAbsent(view.completedAt),
  };
}

function filterMessage(filter: NonNullable<RedeliveryView['filter']>): RedeliveryFilter {
  const { since, until, statuses, eventTypes, code, errorClass, trigger, deliveryId, eventId } = filter;
  return {
    since: timestampOf(since),
    until: timestampOf(until),
    statuses: (statuses ?? []).map((status) => enumOf('SELECTABLE_', status)),
    eventTypes: [...(eventTypes ?? [])],
    code: code ?? undefined,
    errorClass: [...(errorClass ?? [])],
    trigger: [...(trigger ?? [])],
    deliveryId: deliveryId ?? undefined,
    eventId: eventId ?? undefined,
  };
}

function timeOrAbsent(time: string | null): Timestamp | undefined {
  return time === null ? undefined : timestampOf(time);
}
