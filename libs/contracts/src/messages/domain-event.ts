import { cloudEventHeaders } from '../cloud-event.js';
import type { WireRecord } from '../wire-record.js';

/** An event as an upstream service published it. `data` and `context` are its very bytes, never printed again. */
export interface DomainEvent {
  readonly id: string;
  readonly source: string;
  readonly type: string;
  /** RFC 3339, as published; the record's timestamp when the publisher gave none. */
  readonly time: string;
  readonly accountId: string;
  readonly channelId?: string | undefined;
  /** JSON text. */
  readonly context?: string | undefined;
  /** Content type as published; absent means JSON. */
  readonly dataContentType?: string | undefined;
  readonly traceparent?: string | undefined;
  readonly data: Buffer;
}

/** The account of events that name none; it always exists. */
export const DEFAULT_ACCOUNT = 'default';

/** A domain event in CloudEvents binary mode. `key` keeps events that must stay in order on one partition. */
export function encodeDomainEvent(event: DomainEvent, key: string | null = event.id): WireRecord {
  const headers = cloudEventHeaders({
    id: event.id,
    source: event.source,
    type: event.type,
    time: event.time,
    accountId: event.accountId,
    channelId: event.channelId,
    traceparent: event.traceparent,
    dataContentType: event.dataContentType ?? 'application/json',
  });
  if (event.context !== undefined) headers['ce_context'] = event.context;
  return { key, value: event.data, headers };
}
