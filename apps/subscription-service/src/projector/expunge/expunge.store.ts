/** What is to be taken out of the history of an account. */
export type ExpungeSubject = { readonly accountId: string } & (
  | { readonly kind: 'event'; readonly eventId: string }
  | { readonly kind: 'webhook'; readonly webhookId: string }
  | { readonly kind: 'account' }
);

export const EXPUNGE_KINDS = ['event', 'webhook', 'account'] as const;
export type ExpungeKind = (typeof EXPUNGE_KINDS)[number];

/** What is remembered of an expunge, for as long as records may be read again. */
export interface Tombstone {
  readonly accountId: string;
  readonly kind: ExpungeKind;
  /** The id of the event, the webhook or the account. */
  readonly subject: string;
  readonly expungedAt: Date;
}

/** How many rows were taken out. */
export interface Expunged {
  readonly deliveries: number;
  readonly attempts: number;
  readonly bodies: number;
  readonly events: number;
  /** Whether nothing is left to be taken out; otherwise the projector goes on with it. */
  readonly complete: boolean;
}

/** An abstract class so that it is its own injection token. */
export abstract class ExpungeStore {
  /**
   * From its return on, nothing of the subject that happened before is stored any more, whatever is read again.
   * @throws AppError `DATABASE_UNAVAILABLE`
   */
  abstract begin(subject: ExpungeSubject): Promise<Tombstone>;

  /** Takes out what the history holds, a part at a time, until nothing is left or time is up. @param forMs milliseconds */
  abstract takeOut(tombstone: Tombstone, forMs: number): Promise<Expunged>;

  /** Notes that nothing is left, unless the same was begun anew meanwhile. */
  abstract finish(tombstone: Tombstone): Promise<void>;

  /** Those that are not finished, the oldest first. */
  abstract unfinished(): Promise<Tombstone[]>;
}
