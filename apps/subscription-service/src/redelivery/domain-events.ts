import type { ReceivedRecord } from '#libs/contracts';

/** Where to read a partition of a domain topic on. */
export interface ReadPosition {
  readonly topic: string;
  readonly partition: number;
  /** Milliseconds since the epoch: no older records. */
  readonly sinceMs: number;
  /** Only records after this offset; undefined: all since then. */
  readonly afterOffset?: string | undefined;
}

/** The domain topics, as far back as they reach. */
export abstract class DomainEvents {
  abstract partitionsOf(topic: string): Promise<number>;

  /**
   * Hands over the records that are there now, in order, until `take` has enough.
   * @param take says whether to go on
   * @returns whether it came to the end
   * @throws AppError `SENDING_UNAVAILABLE` when the broker does not answer
   */
  abstract read(position: ReadPosition, take: (record: ReceivedRecord) => boolean): Promise<boolean>;
}
