import type { RedeliveryRequest } from '../../api';
import { timeQuery } from '../../filters/time-range';
import type { HistoryFilters } from '../history-search';

export const RETRY_STATUSES = ['failed', 'discarded', 'missed', 'succeeded'] as const;
export type RetryStatus = (typeof RETRY_STATUSES)[number];

/** Which deliveries of a webhook are to be attempted once more. */
export interface RetrySelection {
  readonly statuses: readonly RetryStatus[];
  /** RFC 3339; undefined: as far back as anything is kept. */
  readonly from: string | undefined;
  readonly to: string | undefined;
  /** None: all. */
  readonly eventTypes: readonly string[];
}

/** What the filters of the history narrow a retry to. A filtered failure is a delivery that failed for good. */
export function selectionOf(filters: HistoryFilters, now = Date.now()): RetrySelection {
  const { from, to } = timeQuery(filters, now);
  const statuses = filters.status === undefined ? (['failed', 'discarded', 'missed'] as const) : ([filters.status] as const);
  return { statuses, from, to, eventTypes: filters.event === undefined ? [] : [filters.event] };
}

/** Whether there are filters that a retry knows nothing of. */
export function isWiderThan({ code, errorClass, trigger, deliveryId, eventId }: HistoryFilters): boolean {
  return [code, errorClass, trigger, deliveryId, eventId].some((filter) => filter !== undefined);
}

/** @param now until when, so that what is counted is what is sent */
export function redeliveryRequest({ statuses, from, to, eventTypes }: RetrySelection, now: string): RedeliveryRequest {
  return {
    since: from ?? '1970-01-01T00:00:00.000Z',
    until: to ?? now,
    statuses: [...statuses],
    ...(eventTypes.length > 0 ? { eventTypes: [...eventTypes] } : {}),
  };
}
