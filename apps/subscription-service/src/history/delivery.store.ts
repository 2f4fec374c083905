import type { DeliveryRow, DeliveryState } from '../history-schema/index.js';

export interface DeliveryQuery {
  readonly webhookId?: string | undefined;
  readonly eventId?: string | undefined;
  readonly state?: DeliveryState | undefined;
  /** Of events of then or later; milliseconds since the epoch. */
  readonly from?: number | undefined;
  /** Of events before; milliseconds since the epoch. */
  readonly to?: number | undefined;
  /** Older than this delivery. */
  readonly before?: string | undefined;
  readonly limit: number;
}

/** A delivery with what is kept of its event. */
export type FullDelivery = DeliveryRow & {
  /** Null: the event is no longer kept. */
  readonly source: string | null;
  readonly event_time: string | null;
  readonly redacted: boolean | null;
};

/** How many deliveries wait, and since when the oldest does. */
export interface WaitingDeliveries {
  readonly count: number;
  readonly oldestAt: Date | null;
}

/** Where deliveries are read. One of another account is not there. */
export abstract class DeliveryStore {
  /** Newest events first. */
  abstract list(accountId: string, query: DeliveryQuery): Promise<DeliveryRow[]>;

  abstract find(accountId: string, id: string): Promise<FullDelivery | undefined>;

  /** @param most how far they are counted */
  abstract waiting(accountId: string, most: number): Promise<WaitingDeliveries>;
}
