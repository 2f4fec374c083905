import type { Kafka, Producer } from 'kafkajs';
import { keyPartitioner } from './key-partitioner.js';
import type { LogFunction } from './kafka-settings.js';
import type { OutgoingMessage } from './pending-record.js';

/** Longer than the client's own request timeout and the retries it makes of one request. */
const STUCK_MS = 90_000;
const DISCONNECT_MS = 3_000;

/**
 * The kafkajs producer, made anew when a request never comes back. Not idempotent on purpose: after broker kills kafkajs'
 * idempotent producer stopped producing for good and lost acknowledged records, while the plain one repeats a few.
 */
export class KafkaProducer {
  #producer: Promise<Producer> | undefined;

  constructor(
    private readonly kafka: Kafka,
    private readonly log: LogFunction,
  ) {}

  async send(topic: string, messages: OutgoingMessage[]): Promise<void> {
    const current = (this.#producer ??= this.#connect());
    let timer: NodeJS.Timeout | undefined;
    const stuck = new Promise<never>((_, reject) => {
      timer = setTimeout(() => reject(new StuckRequest(`no answer in ${STUCK_MS} ms`)), STUCK_MS);
    });
    try {
      const producer = await current;
      await Promise.race([producer.sendBatch({ acks: -1, topicMessages: [{ topic, messages }] }), stuck]);
    } catch (error) {
      if (error instanceof StuckRequest) this.#replace(current);
      throw error;
    } finally {
      clearTimeout(timer);
    }
  }

  async close(): Promise<void> {
    await this.#discard(this.#producer);
  }

  async #connect(): Promise<Producer> {
    const producer = this.kafka.producer({
      createPartitioner: keyPartitioner,
      allowAutoTopicCreation: false,
      idempotent: false,
      metadataMaxAge: 60_000,
      retry: { retries: 2, initialRetryTime: 100, maxRetryTime: 500 },
    });
    try {
      await producer.connect();
    } catch (error) {
      this.#producer = undefined;
      throw error;
    }
    return producer;
  }

  #replace(stuck: Promise<Producer>): void {
    if (this.#producer !== stuck) return;
    this.log('warn', 'producer.replaced', {});
    this.#producer = undefined;
    void this.#discard(stuck);
  }

  async #discard(discarded: Promise<Producer> | undefined): Promise<void> {
    let timer: NodeJS.Timeout | undefined;
    const bound = new Promise<void>((resolve) => (timer = setTimeout(resolve, DISCONNECT_MS)));
    await Promise.race([discarded?.then((producer) => producer.disconnect()).catch(() => undefined), bound]);
    clearTimeout(timer);
  }
}

class StuckRequest extends Error {}
