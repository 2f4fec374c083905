import type { DomainEvent } from '#libs/contracts';
import type { NextAttempt } from './past-delivery.js';
import type { Selection } from './redelivery.js';

/** One delivery of a redelivery. */
export interface RedeliveryItem extends NextAttempt {
  readonly deliveryId: string;
  readonly webhookId: string;
  /** null: the history never had the data. */
  readonly eventKey: string | null;
  /** Whether the event is kept with the redelivery and not in the history. */
  readonly kept: boolean;
}

/** An event that the history does not have, with the item it is for. */
export interface MissedItem extends RedeliveryItem {
  readonly event: DomainEvent;
}

/** Deliveries of a webhook in the history that have ended in one way. */
export interface Page {
  readonly accountId: string;
  readonly webhookId: string;
  readonly state: 'failed' | 'discarded' | 'succeeded';
  /** Only deliveries after this id. */
  readonly after: string;
  /** Looked at in one go, whether selected or not. */
  readonly limit: number;
  readonly selection: Selection;
}

export interface PageRead {
  /** Where the next page begins; null: this was the last one. */
  readonly next: string | null;
  /** How many of them the selection is about. */
  readonly selected: number;
}

/** How far the gathering of a redelivery has come. */
export interface Gathered {
  /** By state, after which delivery the history is to be gone through next; null: it has been. Absent: not begun. */
  readonly history?: Readonly<Partial<Record<Page['state'], string | null>>>;
  /** By `topic/partition`, how far the topics have been gone through: since when to read on, and after which offset. */
  readonly topics?: Readonly<Record<string, { readonly sinceMs: number; readonly offset: string } | 'done'>>;
}

/** What became of the items of a batch. */
export interface Progress {
  readonly sent: readonly string[];
  readonly skipped: readonly string[];
}

/** The deliveries of redeliveries, and where they are found. */
export abstract class RedeliveryItems {
  /** Counts the selected deliveries of a page. */
  abstract count(page: Page): Promise<PageRead>;

  /** Puts the selected deliveries of a page into a redelivery, but for those in it, and remembers how far it has come. */
  abstract gather(id: string, page: Page, gatheredAfter: (next: string | null) => Gathered): Promise<void>;

  /** Those of them that the history does not know, but for what was expunged: ids of deliveries. */
  abstract stillMissed(accountId: string, items: readonly MissedItem[]): Promise<ReadonlySet<string>>;

  /** Adds missed events, but for those in it, and remembers how far it has come. */
  abstract addMissed(id: string, items: readonly MissedItem[], gathered: Gathered): Promise<void>;

  /** The next items, oldest events first. */
  abstract waiting(id: string, limit: number): Promise<RedeliveryItem[]>;

  abstract keptEvents(id: string, keys: readonly string[]): Promise<ReadonlyMap<string, DomainEvent>>;

  /** Remembers what became of items; those that were told before are not counted again. */
  abstract tell(id: string, progress: Progress): Promise<void>;
}
