import { useSyncExternalStore } from 'react';

/** After that the row says no more than it knows: something else is wrong, and its history tells what. */
const FORGOTTEN_MS = 90_000;

type Queued = ReadonlyMap<string, number>;

/**
 * Deliveries for which this tab has asked for another attempt, until that attempt is seen. Whatever shows one of them says “queued”
 * meanwhile and reads more often.
 */
class QueuedDeliveries {
  private awaited: Queued = new Map();
  private readonly listeners = new Set<() => void>();

  /** @param attempt the one that was asked for */
  add(deliveryId: string, attempt: number): void {
    this.change(new Map(this.awaited).set(deliveryId, attempt));
    setTimeout(() => this.remove(deliveryId), FORGOTTEN_MS);
  }

  /** Tells of an attempt that was seen. */
  seen(deliveryId: string, attempt: number): void {
    if ((this.awaited.get(deliveryId) ?? Infinity) <= attempt) this.remove(deliveryId);
  }

  remove(deliveryId: string): void {
    if (!this.awaited.has(deliveryId)) return;
    const rest = new Map(this.awaited);
    rest.delete(deliveryId);
    this.change(rest);
  }

  get = (): Queued => this.awaited;

  subscribe = (listener: () => void): (() => void) => {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  };

  private change(awaited: Queued): void {
    this.awaited = awaited;
    for (const listener of this.listeners) listener();
  }
}

export const queuedDeliveries = new QueuedDeliveries();

/** Delivery id → the attempt that was asked for. */
export function useQueuedDeliveries(): Queued {
  return useSyncExternalStore(queuedDeliveries.subscribe, queuedDeliveries.get);
}
