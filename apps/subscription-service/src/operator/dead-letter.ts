/** A header of a record as it came. */
export interface LetterHeader {
  readonly name: string;
  readonly value: Buffer;
}

/** Of whom a dead letter tells, as far as that can be told. */
export interface LetterSubject {
  readonly accountId: string | null;
  readonly webhookId: string | null;
  readonly eventId: string | null;
}

/** A record that a service could not handle, as it was read. */
export interface DeadLetter {
  /** `dl_…`. */
  readonly id: string;
  /** When it became a dead letter, milliseconds since the epoch. */
  readonly receivedAt: number;
  /** The topic from which it came; null: not told. */
  readonly topic: string | null;
  readonly partition: number | null;
  /** Decimal. */
  readonly offset: string | null;
  /** A code of the error table. */
  readonly reason: string;
  readonly key: Buffer | null;
  readonly value: Buffer | null;
  /** Without those that say why it is here. */
  readonly headers: readonly LetterHeader[];
  /** Whether its value and headers were too large to be kept. */
  readonly valueOmitted: boolean;
}

export interface Republication {
  /** RFC 3339. */
  readonly at: string;
  readonly by: string;
}

/** What a list shows of a dead letter. */
export interface DeadLetterSummary extends Omit<DeadLetter, 'value' | 'headers'> {
  /** Bytes of the value; null: it has none. */
  readonly size: number | null;
  /** How the value begins. */
  readonly start: Buffer | null;
  /** The last time that it was published again. */
  readonly republished: Republication | null;
}

/** One dead letter with all of it. */
export type StoredDeadLetter = DeadLetter & { readonly republished: Republication | null };

// Its value is a whole record batch as it lay in the log: published as one record it would be something else.
const BATCH_UNDECODABLE = 'BATCH_UNDECODABLE';

/** Whether what is kept is the record that was published, and it is known where. */
export function isRepublishable({ topic, reason, valueOmitted }: Pick<DeadLetter, 'topic' | 'reason' | 'valueOmitted'>): boolean {
  return topic !== null && !valueOmitted && reason !== BATCH_UNDECODABLE;
}
