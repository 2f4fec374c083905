import type { Admin, Consumer, ConsumerConfig, Kafka, Logger } from 'kafkajs';
import { createKafkaClient } from './kafka-client.js';
import { KafkaProducer } from './kafka-producer.js';
import { KafkaPublisher, type KafkaPublisherOptions } from './kafka-publisher.js';
import type { KafkaSettings, LogFunction } from './kafka-settings.js';

const CLOSE_MS = 5_000;

/** Longer than an admin request of a healthy broker by far. */
export const ADMIN_RETRY = { retries: 3, initialRetryTime: 100, maxRetryTime: 1_000 };

/** One process' way to Kafka, from which publishers, consumers and views are made. Nothing is opened before it is used. */
export class KafkaConnection {
  readonly publisher: KafkaPublisher;
  readonly #kafka: Kafka;
  readonly #producer: KafkaProducer;
  #closed: Promise<void> | undefined;

  constructor(
    readonly settings: KafkaSettings,
    readonly log: LogFunction,
    publisherOptions: Partial<KafkaPublisherOptions> = {},
  ) {
    this.#kafka = createKafkaClient(settings, log);
    this.#producer = new KafkaProducer(this.#kafka, log);
    this.publisher = new KafkaPublisher((topic, messages) => this.#producer.send(topic, messages), log, publisherOptions);
  }

  consumer(config: ConsumerConfig): Consumer {
    return this.#kafka.consumer(config);
  }

  /** The client library's logger, for the parts of it that are used directly. */
  clientLogger(): Logger {
    return this.#kafka.logger();
  }

  /** Connects an admin client for one piece of work and closes it again. */
  async withAdmin<T>(work: (admin: Admin) => Promise<T>): Promise<T> {
    const admin = this.#kafka.admin({ retry: ADMIN_RETRY });
    await admin.connect();
    try {
      return await work(admin);
    } finally {
      await admin.disconnect();
    }
  }

  /** Publishes what is under way, for a few seconds at most, and disconnects. Consumers must have been closed before. */
  close(timeoutMs = CLOSE_MS): Promise<void> {
    this.#closed ??= this.publisher.close(timeoutMs).then(() => this.#producer.close());
    return this.#closed;
  }
}
