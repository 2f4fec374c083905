import type { RedeliveryRequest } from '../../api';
import { timeQuery } from '../../filters/time-range';
import { attemptsQuery, type HistoryFilters } from '../history-search';

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
  readonly narrowing: Narrowing;
}

/** Of the filters of the history, those that a retry takes over as they are. */
export type Narrowing = Pick<RedeliveryRequest, 'code' | 'errorClass' | 'trigger' | 'deliveryId' | 'eventId'>;

/** What the filters of the history narrow a retry to. A filtered failure is a delivery that failed for good. */
export function selectionOf(filters: HistoryFilters, now = Date.now()): RetrySelection {
  const { from, to } = timeQuery(filters, now);
  const statuses = filters.status === undefined ? (['failed', 'discarded', 'missed'] as const) : ([filters.status] as const);
  return { statuses, from, to, eventTypes: filters.event === undefined ? [] : [filters.event], narrowing: narrowingOf(filters) };
}

/** A test is never among deliveries that are retried: leaving tests out narrows nothing. */
function narrowingOf(filters: HistoryFilters): Narrowing {
  const { code, errorClass, trigger, deliveryId, eventId } = attemptsQuery(filters);
  const narrowing = { code, errorClass, trigger: filters.trigger === 'not-test' ? undefined : trigger, deliveryId, eventId };
  return Object.fromEntries(Object.entries(narrowing).filter(([, value]) => value !== undefined));
}

/** Whether it asks for something of an attempt, so that what was never attempted is left out. */
export function asksForAttempt({ code, errorClass, trigger }: Narrowing): boolean {
  return [code, errorClass, trigger].some((filter) => filter !== undefined);
}

/** @param now until when, so that what is counted is what is sent */
export function redeliveryRequest({ statuses, from, to, eventTypes, narrowing }: RetrySelection, now: string): RedeliveryRequest {
  return {
    since: from ?? '1970-01-01T00:00:00.000Z',
    until: to ?? now,
    statuses: [...statuses],
    ...narrowing,
    ...(eventTypes.length > 0 ? { eventTypes: [...eventTypes] } : {}),
  };
}
