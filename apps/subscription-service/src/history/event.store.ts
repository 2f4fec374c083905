import type { DeliveryRow, DeliveryState, EventRow } from '../history-schema/index.js';

/** What a list shows of an event. */
export type ListedEvent = Pick<EventRow, 'key' | 'source' | 'event_id' | 'event_type' | 'event_time' | 'channel_id'> &
  Readonly<Record<DeliveryState, number>> & {
    /** When its first delivery was requested, or when no webhook wanted it, if that was earlier. */
    readonly received_at: Date;
    readonly test: boolean;
    /** How many webhooks it went to. */
    readonly matched: number;
  };

export type FullEvent = ListedEvent & Pick<EventRow, 'account_id' | 'context' | 'data_content_type' | 'traceparent' | 'data' | 'redacted'>;

export interface EventQuery {
  readonly type?: string | undefined;
  readonly id?: string | undefined;
  /** Only events that went to no webhook. */
  readonly unmatched?: true | undefined;
  /** Of then or later; milliseconds since the epoch. */
  readonly from?: number | undefined;
  /** Before; milliseconds since the epoch. */
  readonly to?: number | undefined;
  /** Older than the event with this key. */
  readonly before?: string | undefined;
  readonly limit: number;
}

/** Where events are read, those that no webhook wanted too. One of another account is not there. */
export abstract class EventStore {
  /** Newest first. */
  abstract list(accountId: string, query: EventQuery): Promise<ListedEvent[]>;

  /** The newest event with this id. @param source of this publisher, when given */
  abstract find(accountId: string, id: string, source: string | undefined): Promise<FullEvent | undefined>;

  /** Its deliveries, oldest first. */
  abstract deliveriesOf(event: FullEvent, limit: number): Promise<DeliveryRow[]>;
}
