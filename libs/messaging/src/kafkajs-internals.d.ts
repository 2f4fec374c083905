/** The parts of kafkajs that read a topic without a group; it has them without declaring them. Pinned by its exact version. */
declare module 'kafkajs/src/cluster/index.js' {
  import type { KafkaMessage, Logger } from 'kafkajs';

  interface FetchedPartition {
    partition: number;
    highWatermark: string;
    messages: (KafkaMessage & { isControlRecord?: boolean })[];
  }

  interface Broker {
    fetch(request: {
      maxWaitTime: number;
      minBytes: number;
      maxBytes: number;
      isolationLevel: 0 | 1;
      topics: { topic: string; partitions: { partition: number; fetchOffset: string; maxBytes: number }[] }[];
      rackId: string;
    }): Promise<{ responses: { topicName: string; partitions: FetchedPartition[] }[] }>;
  }

  export default class Cluster {
    constructor(options: Record<string, unknown> & { logger: Logger });
    connect(): Promise<void>;
    disconnect(): Promise<void>;
    removeBroker(broker: { host: string; port: number }): void;
    refreshMetadata(): Promise<void>;
    refreshMetadataIfNecessary(): Promise<void>;
    addMultipleTargetTopics(topics: string[]): Promise<void>;
    findTopicPartitionMetadata(topic: string): { partitionId: number; leader: number }[];
    findLeaderForPartitions(topic: string, partitions: number[]): Record<string, number[]>;
    findBroker(broker: { nodeId: string }): Promise<Broker>;
    fetchTopicsOffset(
      topics: { topic: string; partitions: { partition: number }[]; fromBeginning: boolean; fromTimestamp?: number }[],
    ): Promise<{ topic: string; partitions: { partition: number; offset: string }[] }[]>;
  }
}

declare module 'kafkajs/src/network/socketFactory.js' {
  import type { ISocketFactory } from 'kafkajs';
  export default function socketFactory(): ISocketFactory;
}

declare module 'kafkajs/src/broker/index.js' {
  export default class Broker {
    joinGroup(request: object): Promise<object>;
    heartbeat(request: object): Promise<object>;
  }
}
