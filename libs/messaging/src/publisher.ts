import type { WireRecord } from '#libs/contracts';

export interface PublishOptions {
  /**
   * Milliseconds after which the caller no longer waits and gets `BROKER_UNAVAILABLE`. Without it the publisher waits for
   * the broker as long as it runs, which is what record handlers want: their record stays unfinished meanwhile.
   */
  readonly deadlineMs?: number;
}

/** Writes records to topics; an abstract class so that it is its own injection token. */
export abstract class Publisher {
  /**
   * Resolves once the broker has acknowledged the record with all its in-sync replicas. Calls made while a request is
   * under way travel together in the next one, so callers publish record by record and never build batches themselves.
   * Records of one topic and key are written in the order of the calls.
   * @param topic the topic's full name on the broker
   * @throws AppError `RECORD_TOO_LARGE` or `RECORD_REFUSED` (not retryable) or `BROKER_UNAVAILABLE` (retryable: the broker did not acknowledge in time; the record may still have been written)
   */
  abstract publish(topic: string, record: WireRecord, options?: PublishOptions): Promise<void>;
}
