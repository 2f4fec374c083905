import type { ReceivedRecord } from '#libs/contracts';
import type Cluster from 'kafkajs/src/cluster/index.js';
import { disconnect, grouplessCluster, READ_UNCOMMITTED } from './groupless-cluster.js';
import type { KafkaConnection } from './kafka-connection.js';
import { isUndecodable } from './undecodable-batch.js';
import { adaptRecord } from './record-adapter.js';

export interface TailRequest {
  /** Full name on the broker. */
  readonly topic: string;
  readonly partition: number;
  /** Milliseconds since the epoch: nothing older is read. */
  readonly sinceMs: number;
  /** At most so many records, the newest; 0 reads none. */
  readonly limit: number;
}

export interface Tail {
  /** How many partitions the topic has. */
  readonly partitions: number;
  /** Records handed over. */
  readonly read: number;
}

const MAX_WAIT_MS = 500;
/** In memory at once. */
const FETCH_BYTES = 1024 * 1024;

/**
 * Hands over what one partition holds at this moment from a time on, in order, without a consumer group. The records are
 * not kept here: what is in memory at once is one fetch.
 * @throws Error when a broker does not answer or the partition does not exist; some records may have been handed over
 */
export async function readTail(
  connection: KafkaConnection,
  request: TailRequest,
  onRecord: (record: ReceivedRecord) => void,
): Promise<Tail> {
  const cluster = grouplessCluster(connection);
  try {
    await cluster.connect();
    await cluster.addMultipleTargetTopics([request.topic]);
    await cluster.refreshMetadata();
    const partitions = cluster.findTopicPartitionMetadata(request.topic).length;
    if (request.limit === 0 || request.partition >= partitions) return { partitions, read: 0 };
    return { partitions, read: await readRange(cluster, connection, request, await range(cluster, request), onRecord) };
  } finally {
    await disconnect(cluster);
  }
}

async function range(cluster: Cluster, { topic, partition, sinceMs, limit }: TailRequest): Promise<{ from: number; end: number }> {
  const offset = async (where: { fromBeginning: boolean; fromTimestamp?: number }): Promise<number> => {
    const [found] = await cluster.fetchTopicsOffset([{ topic, partitions: [{ partition }], ...where }]);
    return Number(found!.partitions[0]!.offset);
  };
  const [since, end] = await Promise.all([
    offset({ fromBeginning: true, fromTimestamp: Math.max(0, sinceMs) }),
    offset({ fromBeginning: false }),
  ]);
  // Below zero: no record is as new as that.
  return { from: since < 0 ? end : Math.max(since, end - limit), end };
}

async function readRange(
  cluster: Cluster,
  connection: KafkaConnection,
  { topic, partition }: TailRequest,
  { from, end }: { from: number; end: number },
  onRecord: (record: ReceivedRecord) => void,
): Promise<number> {
  let read = 0;
  for (let next = from; next < end;) {
    const [nodeId] = Object.keys(cluster.findLeaderForPartitions(topic, [partition]));
    const broker = await cluster.findBroker({ nodeId: nodeId! });
    const { responses } = await broker.fetch({
      maxWaitTime: MAX_WAIT_MS,
      minBytes: 1,
      maxBytes: FETCH_BYTES,
      isolationLevel: READ_UNCOMMITTED,
      rackId: '',
      topics: [{ topic, partitions: [{ partition, fetchOffset: String(next), maxBytes: FETCH_BYTES }] }],
    });
    const messages = responses[0]?.partitions[0]?.messages ?? [];
    // What is left holds no record any more.
    if (messages.length === 0) break;
    for (const message of messages) {
      const offset = Number(message.offset);
      // A batch is always sent whole, also when reading begins in its middle.
      if (offset < next || offset >= end) continue;
      next = offset + 1;
      if (message.isControlRecord || isUndecodable(connection, topic, partition, message)) continue;
      onRecord(adaptRecord(topic, partition, message));
      read++;
    }
    if (Number(messages.at(-1)!.offset) >= end) break;
  }
  return read;
}
