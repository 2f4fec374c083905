import type { EventTypeState } from '#libs/catalog';
import type { Principal } from '../auth/index.js';
import type { EventTypeDefinition, EventTypeVersion } from './event-type.js';

/** Every type of administrators at one moment. */
export interface EventTypeSet {
  /** Rises with each change of any type. */
  readonly revision: number;
  readonly types: readonly EventTypeState[];
}

/** What is to become of a type: a new definition, or `null` to delete it. Undefined: nothing is to be done. */
export type EventTypeDecision = EventTypeDefinition | null | undefined;

export interface EventTypeChange {
  readonly revision: number;
  readonly change: EventTypeVersion;
}

/** Where the types of administrators live. */
export abstract class EventTypeStore {
  abstract revision(): Promise<number>;

  abstract all(): Promise<EventTypeSet>;

  /**
   * Changes one type: its row, its list of versions, the audit log, and the message for other services, all or nothing. Changes
   * of types come one after the other, over all instances.
   * @param time called when nothing else can happen any more before this change, RFC 3339
   * @param decide called with all types as they are while no other change can happen; what it throws ends the change
   * @returns undefined when nothing was to be done
   * @throws AppError `DATABASE_UNAVAILABLE`
   */
  abstract change(
    principal: Principal,
    name: string,
    time: () => string,
    known: number,
    decide: (newer: EventTypeSet | undefined, now: string) => EventTypeDecision,
  ): Promise<EventTypeChange | undefined>;

  /** Newest first. @param before only versions below */
  abstract versions(name: string, before: number | undefined, limit: number): Promise<EventTypeVersion[]>;
}
