import { topicName, type TopicSpec } from '#libs/contracts';
import type { Admin, ITopicConfig } from 'kafkajs';
import type { KafkaConnection } from './kafka-connection.js';

export interface TopicLayout {
  readonly partitions: number;
  readonly replicationFactor: number;
  /** Replaces the leading `hookstream` of the topics' names. */
  readonly prefix: string;
}

const VISIBLE_MS = 30_000;
const VISIBLE_POLL_MS = 50;

/** Creates topics. Several processes may do so at once. */
export class TopicAdmin {
  constructor(private readonly connection: KafkaConnection) {}

  /** Creates the topics that are missing and leaves the others as they are; resolves once all can be used. */
  async ensureTopics(specs: readonly TopicSpec[], layout: TopicLayout): Promise<void> {
    const wanted = new Map(specs.map((spec) => [topicName(spec, layout.prefix), spec]));
    await this.connection.withAdmin(async (admin) => {
      const existing = new Set(await admin.listTopics());
      const missing = [...wanted].filter(([name]) => !existing.has(name));
      await Promise.all(missing.map(([name, spec]) => this.#create(admin, topicConfig(name, spec, layout))));
      await this.#untilVisible(admin, [...wanted.keys()]);
    });
  }

  async #create(admin: Admin, topic: ITopicConfig): Promise<void> {
    // False means that someone else was faster.
    const created = await admin.createTopics({ topics: [topic], waitForLeaders: false });
    if (created) this.connection.log('info', 'topic.created', { topic: topic.topic, partitions: topic.numPartitions });
  }

  async #untilVisible(admin: Admin, topics: string[]): Promise<void> {
    for (const deadline = Date.now() + VISIBLE_MS; ;) {
      try {
        const { topics: found } = await admin.fetchTopicMetadata({ topics });
        if (found.every(({ partitions }) => partitions.length > 0 && partitions.every(({ leader }) => leader >= 0))) return;
      } catch (error) {
        if (Date.now() > deadline) throw error;
      }
      await new Promise((resolve) => setTimeout(resolve, VISIBLE_POLL_MS));
    }
  }
}

function topicConfig(name: string, spec: TopicSpec, layout: TopicLayout): ITopicConfig {
  const entries: Record<string, string> = {
    'cleanup.policy': spec.cleanup,
    'max.message.bytes': String(spec.maxMessageBytes),
    // On a compacted topic states live for ever; what ends is how long a reader may take to see that one was deleted.
    [spec.cleanup === 'compact' ? 'delete.retention.ms' : 'retention.ms']: String(spec.retentionMs),
  };
  return {
    topic: name,
    numPartitions: layout.partitions,
    replicationFactor: layout.replicationFactor,
    configEntries: Object.entries(entries).map(([key, value]) => ({ name: key, value })),
  };
}
