import { isUtf8 } from 'node:buffer';
import { eventResult } from './event-result.js';
import type { FullEvent, ListedEvent } from './event.store.js';

/** An event as a list shows it. */
export function eventView(row: ListedEvent) {
  const { pending, retrying, succeeded, failed, discarded } = row;
  const deliveries = { pending, retrying, succeeded, failed, discarded };
  return {
    id: row.event_id,
    type: row.event_type,
    source: row.source,
    channelId: row.channel_id,
    time: row.event_time,
    receivedAt: receivedAt(row),
    test: row.test,
    matched: row.matched,
    result: eventResult(deliveries),
    deliveries,
  };
}

export type EventView = ReturnType<typeof eventView>;

/** An event as it was published. */
export function eventDetailView(row: FullEvent) {
  return {
    ...eventView(row),
    dataContentType: row.data_content_type,
    context: row.context,
    data: isUtf8(row.data) ? row.data.toString('utf8') : null,
    dataState: row.redacted ? ('redacted' as const) : ('kept' as const),
    traceparent: row.traceparent,
  };
}

export type EventDetailView = ReturnType<typeof eventDetailView>;

/** Expunged deliveries leave the time that the event tells of itself. */
function receivedAt({ received_at, event_time }: ListedEvent): string {
  const time = (received_at as Date | null) ?? new Date(event_time);
  return Number.isNaN(time.getTime()) ? new Date(0).toISOString() : time.toISOString();
}
