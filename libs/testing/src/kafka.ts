import { Kafka, logLevel, type Admin, type IHeaders, type Producer } from 'kafkajs';
import type { ReceivedRecord } from '#libs/contracts';
import { eventually } from './eventually.js';
import { uniqueName } from './resources.js';

/** The broker that integration tests use. @throws Error when none was started */
export function kafkaBrokers(): string[] {
  const brokers = process.env['KAFKA_BROKERS'];
  if (!brokers) throw new Error('KAFKA_BROKERS is not set: integration tests run through npm test, which starts a Kafka');
  return brokers.split(',');
}

/** A plain third-party client on the test broker: none of our own messaging code takes part in what a test observes. */
export class TestKafka {
  private readonly kafka: Kafka;
  private producing: Promise<Producer> | undefined;
  private administering: Promise<Admin> | undefined;
  private readonly closing: (() => Promise<unknown>)[] = [];

  constructor(brokers: string[] = kafkaBrokers()) {
    this.kafka = new Kafka({ brokers, clientId: 'test', logLevel: logLevel.NOTHING, retry: { retries: 30, maxRetryTime: 1000 } });
  }

  async createTopic(name: string, options: { partitions?: number; compact?: boolean } = {}): Promise<string> {
    const admin = await this.admin();
    const configEntries = [{ name: 'max.message.bytes', value: '8388608' }];
    if (options.compact) configEntries.push({ name: 'cleanup.policy', value: 'compact' });
    const numPartitions = options.partitions ?? 1;
    await admin.createTopics({ waitForLeaders: false, topics: [{ topic: name, numPartitions, configEntries }] });
    // A request to partitions of which some have no leader yet is refused in part and sent again as a whole; a busy broker may not know the topic at once.
    await eventually(async () => (await admin.fetchTopicOffsets(name)).length === numPartitions);
    return name;
  }

  async produce(
    topic: string,
    records: { key?: string | Buffer | null; value: string | Buffer | null; headers?: IHeaders; partition?: number }[],
  ): Promise<void> {
    const producer = await this.producer();
    await producer.send({ topic, messages: records.map((record) => ({ ...record, key: record.key ?? null })) });
  }

  /** Everything on a topic, from its beginning, in a list that grows while the test runs; order holds per partition only. */
  async follow(topic: string): Promise<readonly ReceivedRecord[]> {
    const records: ReceivedRecord[] = [];
    const next = new Map<number, bigint>();
    const consumer = this.kafka.consumer({
      groupId: uniqueName('follow'),
      maxWaitTimeInMs: 50,
      retry: { retries: 30, maxRetryTime: 1000 },
    });
    await consumer.connect();
    this.closing.push(() => consumer.disconnect());
    await consumer.subscribe({ topic, fromBeginning: true });
    await consumer.run({
      autoCommit: false,
      eachMessage: async ({ partition, message }) => {
        // Nothing is committed: when the broker was away for long, it begins anew.
        const offset = BigInt(message.offset);
        if (offset < (next.get(partition) ?? 0n)) return;
        next.set(partition, offset + 1n);
        records.push({
          topic,
          partition,
          offset: message.offset,
          timestamp: Number(message.timestamp),
          key: message.key,
          value: message.value,
          headers: message.headers ?? {},
        });
      },
    });
    return records;
  }

  /** Waits until a topic holds at least `count` records that `accept` takes, and returns those. */
  async waitFor(
    topic: string,
    count: number,
    accept: (record: ReceivedRecord) => boolean = () => true,
    timeoutMs = 30_000,
  ): Promise<ReceivedRecord[]> {
    const records = await this.follow(topic);
    return eventually(
      () => {
        const found = records.filter(accept);
        if (found.length < count) throw new Error(`${topic} has ${found.length} of ${count} records`);
        return found;
      },
      { timeoutMs },
    );
  }

  /** Records ever written to a topic, over all its partitions. */
  async end(topic: string): Promise<number> {
    const offsets = await (await this.admin()).fetchTopicOffsets(topic);
    return offsets.reduce((sum, partition) => sum + Number(partition.high), 0);
  }

  /** Records not yet committed by a group, over all partitions of a topic. */
  async lag(groupId: string, topic: string): Promise<number> {
    const [ends, committed] = await Promise.all([(await this.admin()).fetchTopicOffsets(topic), this.committed(groupId, topic)]);
    return ends.reduce((sum, end) => {
      const offset = committed.find((entry) => entry.partition === end.partition)?.offset ?? -1;
      return sum + Number(end.high) - Math.max(offset, Number(end.low));
    }, 0);
  }

  /** How far a group has committed each partition of a topic; -1 where it has not. */
  async committed(groupId: string, topic: string): Promise<{ partition: number; offset: number }[]> {
    const [found] = await (await this.admin()).fetchOffsets({ groupId, topics: [topic] });
    return (found?.partitions ?? []).map(({ partition, offset }) => ({ partition, offset: Number(offset) }));
  }

  async close(): Promise<void> {
    for (const close of this.closing.splice(0)) await close();
    if (this.producing) await (await this.producing).disconnect();
    if (this.administering) await (await this.administering).disconnect();
  }

  private producer(): Promise<Producer> {
    this.producing ??= (async () => {
      const producer = this.kafka.producer({ allowAutoTopicCreation: false });
      await producer.connect();
      return producer;
    })();
    return this.producing;
  }

  private admin(): Promise<Admin> {
    this.administering ??= (async () => {
      const admin = this.kafka.admin();
      await admin.connect();
      return admin;
    })();
    return this.administering;
  }
}
