import type { WireRecord } from '#libs/contracts';
import { AppError } from '#libs/kernel';
import './messaging.errors.js';
import { Publisher } from './publisher.js';

export interface PublishedRecord {
  readonly topic: string;
  readonly record: WireRecord;
}

/** Keeps what is published in a list, for unit tests; held to the same conformance suite as the one on Kafka. */
export class InMemoryPublisher extends Publisher {
  readonly records: PublishedRecord[] = [];
  #failure: AppError | undefined;

  /** @param maxRecordBytes largest value a record may have before it is `RECORD_TOO_LARGE` */
  constructor(private readonly maxRecordBytes = 1_000_000_000) {
    super();
  }

  override publish(topic: string, record: WireRecord): Promise<void> {
    if (this.#failure) return Promise.reject(this.#failure);
    if ((record.value?.length ?? 0) > this.maxRecordBytes)
      return Promise.reject(new AppError('RECORD_TOO_LARGE', `publishing to ${topic}`));
    this.records.push({ topic, record });
    return Promise.resolve();
  }

  /** The records of one topic, in the order they were published. */
  on(topic: string): WireRecord[] {
    return this.records.filter((published) => published.topic === topic).map((published) => published.record);
  }

  /** Makes every later `publish` fail like a broker that is away, until called with `false`. */
  unavailable(away = true): void {
    this.#failure = away ? new AppError('BROKER_UNAVAILABLE', 'the broker is away') : undefined;
  }
}
