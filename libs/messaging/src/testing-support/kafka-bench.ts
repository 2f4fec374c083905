import { randomBytes } from 'node:crypto';
import { inspect } from 'node:util';
import kafkajs from 'kafkajs';
import type { ReceivedRecord, WireRecord } from '#libs/contracts';
import { eventually } from '#libs/testing';
import type { ConsumerRunnerOptions } from '../consumer-options.js';
import { ConsumerRunner } from '../consumer-runner.js';
import type { BatchHandler } from '../handler.js';
import { KafkaConnection } from '../kafka-connection.js';
import type { KafkaPublisherOptions } from '../kafka-publisher.js';
import type { LogFunction } from '../kafka-settings.js';
import { keyPartitioner, murmur2 } from '../key-partitioner.js';
import type { Dispatch } from '../worker-host.js';
import { readAll } from './read-all.js';
import { TEST_MEMBERSHIP } from './test-membership.js';

export const BROKERS = process.env['KAFKA_BROKERS']?.split(',') ?? [];

/** Everything a spec opens on a real broker, closed again by `close()`. */
export class KafkaBench {
  readonly lines: { level: string; event: string; fields: Readonly<Record<string, unknown>> }[] = [];
  readonly log: LogFunction = (level, event, fields) => {
    if (level !== 'debug') this.lines.push({ level, event, fields });
    if (process.env['MESSAGING_LOG'])
      process.stderr.write(`${Date.now()} ${level} ${event} ${inspect(fields, { depth: 4, breakLength: Infinity }).slice(0, 400)}\n`);
  };
  readonly connection: KafkaConnection;
  readonly #closers: (() => Promise<unknown>)[] = [];

  constructor(readonly brokers: readonly string[] = BROKERS) {
    this.connection = this.connect();
  }

  connect(publisher: Partial<KafkaPublisherOptions> = {}): KafkaConnection {
    const connection = new KafkaConnection({ brokers: this.brokers, clientId: 'messaging-test' }, this.log, publisher);
    this.onClose(() => connection.close(2_000));
    return connection;
  }

  name(what: string): string {
    return `${what}-${randomBytes(5).toString('hex')}`;
  }

  async topic(partitions = 1, config: Record<string, string> = {}, topic = this.name('topic')): Promise<string> {
    await this.connection.withAdmin(async (admin) => {
      const configEntries = Object.entries(config).map(([name, value]) => ({ name, value }));
      await admin.createTopics({
        topics: [{ topic, numPartitions: partitions, replicationFactor: 1, configEntries }],
        waitForLeaders: false,
      });
      // Until the leader of each partition answers, a request to several of them may be refused in part and is then sent
      // again as a whole: records twice on the topic, before the test has begun.
      await eventually(async () => (await admin.fetchTopicOffsets(topic)).length === partitions);
    });
    return topic;
  }

  /** A started runner of one topic; it is closed before the connection. */
  run(
    topic: string,
    handler: BatchHandler | Dispatch,
    options: Partial<ConsumerRunnerOptions> = {},
    connection = this.connection,
  ): ConsumerRunner {
    const runner = new ConsumerRunner(connection, new Map([[topic, handler]]), {
      groupId: this.name('group'),
      deadLetterTopic: 'none',
      membership: TEST_MEMBERSHIP,
      commitIntervalMs: 50,
      closeDrainMs: 2_000,
      rebalanceDrainMs: 3_000,
      ...options,
    });
    runner.start();
    this.onClose(() => runner.close());
    return runner;
  }

  publishAll(topic: string, records: readonly WireRecord[]): Promise<void[]> {
    return Promise.all(records.map((record) => this.connection.publisher.publish(topic, record)));
  }

  /** As a producer with another compression would; one record batch. */
  async produceCompressed(topic: string, records: readonly WireRecord[], compression = kafkajs.CompressionTypes.GZIP): Promise<void> {
    const producer = new kafkajs.Kafka({ brokers: [...this.brokers], logLevel: kafkajs.logLevel.NOTHING }).producer({
      createPartitioner: keyPartitioner,
    });
    await producer.connect();
    try {
      await producer.send({ topic, compression, messages: records.map(({ key, value }) => ({ key, value })) });
    } finally {
      await producer.disconnect();
    }
  }

  /** Every record of a topic as it is now, in the order of each partition. */
  read(topic: string): Promise<ReceivedRecord[]> {
    return readAll(this.connection, topic);
  }

  /** The group's committed offset of each partition; -1 where it has none. */
  async committed(groupId: string, topic: string): Promise<number[]> {
    const [found] = await this.connection.withAdmin((admin) => admin.fetchOffsets({ groupId, topics: [topic] }));
    return found!.partitions.toSorted((a, b) => a.partition - b.partition).map(({ offset }) => Number(offset));
  }

  partitionOf(key: string, partitions: number): number {
    return (murmur2(Buffer.from(key)) & 0x7fffffff) % partitions;
  }

  onClose(close: () => Promise<unknown>): void {
    this.#closers.push(close);
  }

  async close(): Promise<void> {
    for (const close of this.#closers.reverse()) await close();
  }
}
