import type { ReceivedRecord } from '#libs/contracts';
import type Cluster from 'kafkajs/src/cluster/index.js';
import { setTimeout as sleep } from 'node:timers/promises';
import { disconnect, grouplessCluster, METADATA_MS, READ_UNCOMMITTED } from './groupless-cluster.js';
import type { KafkaConnection } from './kafka-connection.js';
import { isUndecodable } from './undecodable-batch.js';
import { adaptRecord, type ClientMessage } from './record-adapter.js';

const LONG_POLL_MS = 500;
const FETCH_BYTES = 4 * 1024 * 1024;
const RETRY_MS = { first: 100, most: 2_000 };

interface Position {
  next: number;
  /** The end of the partition when it was first seen. */
  readonly target: number;
  reached: boolean;
}

/**
 * Reads every partition of one topic from its beginning and goes on for ever, without a consumer group: there is nothing
 * to balance and nothing to commit, so there is nobody to wait for and nothing to clean up. After a failure it goes on
 * where it was. Uses kafkajs' cluster class directly, as its consumer knows groups only.
 */
export class LogReader {
  readonly #positions = new Map<number, Position>();
  readonly #stop = new AbortController();
  #caughtUp!: () => void;
  readonly #whenCaughtUp = new Promise<void>((resolve) => (this.#caughtUp = resolve));
  #running: Promise<void> | undefined;
  #readAt = 0;
  #lastError: string | undefined;

  constructor(
    private readonly connection: KafkaConnection,
    private readonly topic: string,
    private readonly onRecord: (record: ReceivedRecord) => void,
  ) {}

  /** Resolves once every record that was there at the start has been handed over. */
  start(): Promise<void> {
    this.#running ??= this.#run();
    return this.#whenCaughtUp;
  }

  async stop(): Promise<void> {
    this.#stop.abort();
    await this.#running;
  }

  /** Milliseconds since a broker last answered. */
  get silentMs(): number {
    return Date.now() - this.#readAt;
  }

  get lastError(): string | undefined {
    return this.#lastError;
  }

  async #run(): Promise<void> {
    for (let failures = 0; !this.#stop.signal.aborted;) {
      const cluster = grouplessCluster(this.connection);
      const readBefore = this.#readAt;
      try {
        await cluster.connect();
        await cluster.addMultipleTargetTopics([this.topic]);
        while (!this.#stop.signal.aborted) await this.#readForAWhile(cluster);
      } catch (error) {
        if (this.#readAt > readBefore) failures = 0;
        failures++;
        this.#failed(error, failures);
      } finally {
        await disconnect(cluster);
      }
      if (failures > 0)
        await sleep(Math.min(RETRY_MS.most, RETRY_MS.first * 2 ** Math.min(failures - 1, 10)), undefined, {
          signal: this.#stop.signal,
        }).catch(() => undefined);
    }
  }

  // One loop per leading broker, so that a quiet broker's long poll does not delay another's records. Now and then all
  // end, to see partitions that were added and leaders that moved.
  async #readForAWhile(cluster: Cluster): Promise<void> {
    await cluster.refreshMetadata();
    await this.#seekNewPartitions(cluster);
    const leaders = cluster.findLeaderForPartitions(this.topic, [...this.#positions.keys()]);
    const until = Date.now() + METADATA_MS;
    let failed = false;
    await Promise.all(
      Object.entries(leaders).map(async ([nodeId, partitions]) => {
        try {
          while (!failed && !this.#stop.signal.aborted && Date.now() < until) await this.#fetch(cluster, nodeId, partitions);
        } catch (error) {
          failed = true;
          throw error;
        }
      }),
    );
  }

  async #seekNewPartitions(cluster: Cluster): Promise<void> {
    const partitions = cluster
      .findTopicPartitionMetadata(this.topic)
      .filter(({ partitionId }) => !this.#positions.has(partitionId))
      .map(({ partitionId }) => ({ partition: partitionId }));
    if (partitions.length === 0) return;
    const offsets = async (fromBeginning: boolean): Promise<Map<number, number>> => {
      const [found] = await cluster.fetchTopicsOffset([{ topic: this.topic, partitions, fromBeginning }]);
      return new Map(found!.partitions.map(({ partition, offset }) => [partition, Number(offset)]));
    };
    const [first, end] = await Promise.all([offsets(true), offsets(false)]);
    this.#readAt = Date.now();
    for (const [partition, target] of end) {
      const next = first.get(partition)!;
      this.#positions.set(partition, { next, target, reached: next >= target });
    }
    this.#tellIfCaughtUp();
  }

  async #fetch(cluster: Cluster, nodeId: string, partitions: number[]): Promise<void> {
    const broker = await cluster.findBroker({ nodeId });
    const { responses } = await broker.fetch({
      maxWaitTime: LONG_POLL_MS,
      minBytes: 1,
      maxBytes: FETCH_BYTES,
      isolationLevel: READ_UNCOMMITTED,
      rackId: '',
      topics: [
        {
          topic: this.topic,
          partitions: partitions.map((partition) => ({
            partition,
            fetchOffset: String(this.#positions.get(partition)!.next),
            maxBytes: FETCH_BYTES,
          })),
        },
      ],
    });
    this.#readAt = Date.now();
    this.#lastError = undefined;
    const fetched = responses.flatMap((response) => response.partitions);
    for (const { partition, messages } of fetched) this.#take(partition, messages);
    // Nothing for any partition means that all are read to their end, even when the last offsets hold no record any more
    // (compaction, expired tombstones). For one partition alone it means nothing: others may have used the bytes up.
    const nothing = fetched.every(({ messages }) => messages.length === 0);
    for (const partition of partitions) {
      const position = this.#positions.get(partition)!;
      position.reached ||= nothing || position.next >= position.target;
    }
    this.#tellIfCaughtUp();
  }

  #take(partition: number, messages: readonly (ClientMessage & { isControlRecord?: boolean })[]): void {
    const position = this.#positions.get(partition)!;
    for (const message of messages) {
      const offset = Number(message.offset);
      // A batch is always sent whole, also when reading begins in its middle.
      if (offset < position.next) continue;
      position.next = offset + 1;
      if (isUndecodable(this.connection, this.topic, partition, message)) continue;
      if (!message.isControlRecord) this.onRecord(adaptRecord(this.topic, partition, message));
    }
  }

  #tellIfCaughtUp(): void {
    if ([...this.#positions.values()].every(({ reached }) => reached)) this.#caughtUp();
  }

  #failed(error: unknown, failures: number): void {
    const { name, message, partition } = error as { name?: string; message?: string; partition?: number };
    this.#lastError = message ?? String(error);
    // The log begins later (or ends earlier) than where this reader was: read that partition again from its beginning.
    if (name === 'KafkaJSOffsetOutOfRange' && partition !== undefined) this.#positions.delete(partition);
    this.connection.log('warn', 'reader.interrupted', { topic: this.topic, failures, error });
  }
}
