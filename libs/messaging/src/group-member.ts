import type { Batch, Consumer, ConsumerCrashEvent, ConsumerRunConfig, EachBatchPayload } from 'kafkajs';
import type { KafkaConnection } from './kafka-connection.js';
import type { MembershipRules } from './membership-rules.js';

/** `fetchedOffset` is where the fetch began; kafkajs has it without declaring it. */
export type FetchedBatch = Batch & { readonly fetchedOffset: string };

export interface CommitOffset {
  readonly topic: string;
  readonly partition: number;
  /** The offset at which reading would go on. */
  readonly offset: number;
}

/** What a member tells the runner, in the order in which it happens. Calls without a promise return at once. */
export interface MemberEvents {
  /**
   * Awaited before joining again. `memberId` is null when the coordinator no longer knows this member (or not yet).
   * @param heartbeat keeps the session alive meanwhile and resolves to whether the coordinator still knows the member
   */
  leaving(memberId: string | null, heartbeat: () => Promise<boolean>): Promise<void>;
  joined(memberId: string, assignment: Readonly<Record<string, readonly number[]>>): void;
  /** A request was answered that proves the membership. @param sentAt milliseconds since the epoch */
  renewed(sentAt: number): void;
  fetched(batch: FetchedBatch): void;
  /** A fetch brought only records that are not for us, such as transaction markers. */
  skipped(topic: string, partition: number, next: number, end: number): void;
  /** The fetch loop went round. */
  ticked(): void;
}

// Options of our patch of kafkajs (patches/).
interface PatchedRunConfig extends ConsumerRunConfig {
  readonly beforeJoin: (group: { memberId: string | null; heartbeat: () => Promise<boolean> }) => Promise<void>;
  readonly maxWaitTimeWhilePausedInMs: number;
}

const STOP_MS = 5_000;

/**
 * One life of a kafkajs consumer in its group. It never restarts itself: after a crash, retriable or not, `ended` resolves
 * and the runner makes another member. Outages of the brokers are no crash; the member waits them out.
 */
export class GroupMember {
  /** Resolves with the error that ended the member, or with undefined after `stop`. */
  readonly ended: Promise<unknown>;
  #end!: (error: unknown) => void;
  #consumer: Consumer;
  #commit: EachBatchPayload['commitOffsetsIfNecessary'] | undefined;
  #heartbeatSentAt = 0;
  #over = false;
  #stopping = false;
  #running: Promise<void> | undefined;

  constructor(
    connection: KafkaConnection,
    private readonly groupId: string,
    private readonly topics: readonly string[],
    private readonly rules: MembershipRules,
    private readonly events: MemberEvents,
  ) {
    this.ended = new Promise((resolve) => {
      this.#end = (error) => {
        this.#over = true;
        resolve(error);
      };
    });
    this.#consumer = connection.consumer({
      groupId,
      sessionTimeout: rules.sessionMs,
      heartbeatInterval: rules.heartbeatMs,
      rebalanceTimeout: rules.rebalanceMs,
      maxWaitTimeInMs: rules.longPollMs,
      minBytes: 1,
      maxBytes: rules.fetchBytes,
      maxBytesPerPartition: rules.fetchBytesPerPartition,
      metadataMaxAge: 60_000,
      allowAutoTopicCreation: false,
      // The loop's own retries never run out: kafkajs counts them over the loop's whole life.
      retry: {
        retries: Number.MAX_SAFE_INTEGER,
        initialRetryTime: 100,
        multiplier: 1.5,
        maxRetryTime: 1_000,
        restartOnFailure: async () => false,
      },
    });
    this.#listen();
  }

  /** Subscribes and joins; failures come out of `ended`. */
  run(): Promise<void> {
    return (this.#running ??= this.#run());
  }

  async #run(): Promise<void> {
    try {
      await this.#consumer.connect();
      // Disconnected while it connected: kafkajs has connected all the same.
      if (this.#stopping) return await this.#consumer.disconnect();
      await this.#consumer.subscribe({ topics: [...this.topics], fromBeginning: true });
      const config: PatchedRunConfig = {
        autoCommit: false,
        // Fetching goes on past what is unfinished; only `commit` says what is done.
        eachBatchAutoResolve: true,
        // Nothing is awaited in eachBatch, so there is nothing to do concurrently.
        partitionsConsumedConcurrently: 1,
        beforeJoin: async ({ memberId, heartbeat }) => {
          // Ends the retries of a join that nobody waits for any more.
          if (this.#over || this.#stopping) throw Object.assign(new Error('stopped'), { retriable: false });
          await this.events.leaving(memberId, heartbeat);
        },
        maxWaitTimeWhilePausedInMs: this.rules.pausedPollMs,
        eachBatch: async (payload) => {
          this.#commit = (offsets) => payload.commitOffsetsIfNecessary(offsets);
          // Fetched before a seek: taking it in would skip what the seek is for.
          if (!this.#over && !payload.isStale()) this.events.fetched(payload.batch as FetchedBatch);
        },
      };
      await this.#consumer.run(config);
    } catch (error) {
      this.#end(error);
    }
  }

  /**
   * Commits in the generation of this moment, once: a commit repeated after a rejoin would carry the new generation and
   * could move another owner's offset back.
   */
  async commit(offsets: readonly CommitOffset[]): Promise<void> {
    if (!this.#commit) throw new Error(`${this.groupId} has not fetched anything to commit`);
    const topics = Map.groupBy(offsets, ({ topic }) => topic);
    await this.#commit({
      topics: [...topics].map(([topic, partitions]) => ({
        topic,
        partitions: partitions.map(({ partition, offset }) => ({ partition, offset: String(offset) })),
      })),
    });
  }

  pause(topic: string, partition: number): void {
    this.#whileRunning((consumer) => consumer.pause([{ topic, partitions: [partition] }]));
  }

  resume(topic: string, partition: number): void {
    this.#whileRunning((consumer) => consumer.resume([{ topic, partitions: [partition] }]));
  }

  seek(topic: string, partition: number, offset: number): void {
    this.#whileRunning((consumer) => consumer.seek({ topic, partition, offset: String(offset) }));
  }

  /** Leaves the group and disconnects; after a few seconds without an answer it no longer waits. */
  async stop(): Promise<void> {
    this.#stopping = true;
    let timer: NodeJS.Timeout | undefined;
    const bound = new Promise<void>((resolve) => (timer = setTimeout(resolve, STOP_MS)));
    await Promise.race([Promise.all([this.#consumer.disconnect().catch(() => undefined), this.#running]), bound]);
    clearTimeout(timer);
    this.#end(undefined);
  }

  /** Ends the member from outside, for a loop that hangs. */
  abandon(reason: Error): void {
    this.#stopping = true;
    this.#end(reason);
    void this.#consumer.disconnect().catch(() => undefined);
  }

  // kafkajs throws when it is not consuming. A member that ended has nothing to pause, and the next one starts unpaused.
  #whileRunning(act: (consumer: Consumer) => void): void {
    try {
      if (!this.#over) act(this.#consumer);
    } catch {
      return;
    }
  }

  #listen(): void {
    const consumer = this.#consumer;
    const { GROUP_JOIN, HEARTBEAT, REQUEST, FETCH_START, START_BATCH_PROCESS, CRASH } = consumer.events;
    // What a consumer still says after its end is not about the group any more.
    const on = ((name: typeof CRASH, listener: (event: ConsumerCrashEvent) => void) =>
      consumer.on(name, (event) => (this.#over ? undefined : listener(event)))) as (typeof consumer)['on'];
    on(REQUEST, ({ payload }) => {
      if (payload.apiName === 'Heartbeat' || payload.apiName === 'SyncGroup') this.#heartbeatSentAt = payload.sentAt;
    });
    on(HEARTBEAT, () => this.events.renewed(this.#heartbeatSentAt));
    on(GROUP_JOIN, ({ payload }) => {
      this.events.renewed(this.#heartbeatSentAt);
      this.events.joined(payload.memberId, payload.memberAssignment);
    });
    on(FETCH_START, () => this.events.ticked());
    on(START_BATCH_PROCESS, ({ payload }) => {
      if (payload.batchSize === 0)
        this.events.skipped(payload.topic, payload.partition, Number(payload.lastOffset) + 1, Number(payload.highWatermark));
    });
    on(CRASH, ({ payload }) => this.#end(payload.error));
  }
}
