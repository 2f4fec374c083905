import { ApartNotice } from './apart-notice.js';
import { Assignment } from './assignment.js';
import { CommitSchedule } from './commit-schedule.js';
import { RUNNER_DEFAULTS, type ConsumerRunnerOptions } from './consumer-options.js';
import { DeadLetterWriter } from './dead-letter-writer.js';
import { GroupMember, type CommitOffset, type FetchedBatch, type MemberEvents } from './group-member.js';
import type { KafkaConnection } from './kafka-connection.js';
import { Lease } from './lease.js';
import { metrics } from './messaging.metrics.js';
import { MEMBERSHIP_DEFAULTS, type MembershipRules } from './membership-rules.js';
import { MemberSupervisor } from './member-supervisor.js';
import type { PartitionWorker } from './partition-worker.js';
import type { Dispatch, WorkerHost } from './worker-host.js';
import { RETRY_DEFAULTS } from './record-retry.js';
import { runnerHealth, type Health } from './runner-health.js';
import { WorkFlow } from './work-flow.js';
import type { WindowLimits } from './work-queue.js';

const TICK_MS = 1_000;

/**
 * Consumes topics as one member of a group: work within a partition is concurrent, the committed offset is the lowest
 * unfinished one. The parts: `GroupMember` is one life of a kafkajs consumer, `MemberSupervisor` starts the next one,
 * `Assignment` holds the partitions and what may be kept over a rebalance, `PartitionWorker` the records of one partition,
 * `Lease` knows whether results still count. This class joins them and drains before a rebalance and at the end.
 */
export class ConsumerRunner implements MemberEvents {
  readonly #lease: Lease;
  readonly #window: WindowLimits;
  readonly #assignment: Assignment;
  readonly #commits: CommitSchedule;
  readonly #membership: MembershipRules;
  readonly #deadLetters: DeadLetterWriter;
  readonly #supervisor: MemberSupervisor;
  readonly #flow: WorkFlow;
  readonly #apart: ApartNotice;
  #memberId: string | undefined;
  #joined = false;
  #closed: Promise<void> | undefined;
  #ticker: NodeJS.Timeout | undefined;

  constructor(
    private readonly connection: KafkaConnection,
    /** Topic, by its full name, to what handles it. */
    private readonly handlers: ReadonlyMap<string, Dispatch>,
    private readonly options: ConsumerRunnerOptions,
  ) {
    const { groupId } = options;
    const { log } = connection;
    this.#membership = { ...MEMBERSHIP_DEFAULTS, ...options.membership };
    this.#window = { ...RUNNER_DEFAULTS.window, ...options.window };
    this.#lease = new Lease(this.#membership.sessionMs);
    this.#deadLetters = new DeadLetterWriter(connection.publisher, options.deadLetterTopic, groupId, log);
    this.#supervisor = new MemberSupervisor({
      groupId,
      log,
      createMember: () => new GroupMember(connection, groupId, [...handlers.keys()], this.#membership, this),
      crashed: () => this.#unseated(),
    });
    this.#assignment = new Assignment(
      (topic) => this.#host(topic),
      () => this.#supervisor.member!,
      options.mostBytes ?? RUNNER_DEFAULTS.mostBytes,
    );
    this.#flow = new WorkFlow(connection.publisher, {
      workers: () => this.#assignment.workers,
      moved: (worker) => {
        this.#assignment.balance(worker);
        // Finished and not committed is done again after a crash just like unfinished: no more of it than of that.
        if (worker.window.watermark - worker.committed >= this.#window.records) this.#commits.hurry();
        else this.#commits.nudge();
      },
    });
    this.#apart = new ApartNotice(groupId, log);
    this.#commits = new CommitSchedule(
      options.commitIntervalMs ?? RUNNER_DEFAULTS.commitIntervalMs,
      () => (this.#joined ? this.#assignment.due() : []),
      (offsets) => this.#commit(offsets),
    );
  }

  /** Begins to join the group, and returns at once: `health()` tells when it has. */
  start(): void {
    this.#supervisor.start();
    this.#ticker ??= setInterval(() => this.#tick(), TICK_MS);
  }

  /** Begins no more work, lets what runs end within a bound, commits and leaves the group. */
  close(): Promise<void> {
    this.#closed ??= this.#close();
    return this.#closed;
  }

  health(): Health {
    return runnerHealth({
      now: Date.now(),
      started: this.#supervisor.started,
      joined: this.#joined && this.#lease.held(),
      tickedAt: this.#supervisor.tickedAt,
      partitions: this.#assignment.workers.map((worker) => ({
        name: `${worker.topic}/${worker.partition}`,
        running: worker.running,
        progressAt: worker.lastProgressAt,
        lag: worker.lag,
      })),
      publisherReady: this.connection.publisher.health().ready,
      crashes: this.#supervisor.crashes,
      lastError: this.#supervisor.lastError,
    });
  }

  // What the member reports.

  async leaving(memberId: string | null, heartbeat: () => Promise<boolean>): Promise<void> {
    this.ticked();
    if (memberId === null || memberId !== this.#memberId) {
      this.#unseated();
    } else if (this.#joined) {
      this.connection.log('info', 'consumer.draining', { groupId: this.options.groupId, running: this.#assignment.running });
      const beat = setInterval(() => void this.#beat(heartbeat), this.#membership.heartbeatMs);
      await this.#assignment.drain(this.options.rebalanceDrainMs ?? RUNNER_DEFAULTS.rebalanceDrainMs);
      clearInterval(beat);
      // Before joining again: once the next generation begins, a commit of this one is refused.
      await this.#commits.settle();
      this.#joined = false;
    }
    // From here on another member may own any of the partitions.
    this.#lease.unsettle();
    this.ticked();
  }

  joined(memberId: string, partitions: Readonly<Record<string, readonly number[]>>): void {
    const sameMember = memberId === this.#memberId;
    this.#supervisor.joined();
    this.#memberId = memberId;
    this.#joined = true;
    this.#lease.settle();
    if (this.#closed) return;
    this.#assignment.assign(partitions, sameMember);
    this.connection.log('info', 'consumer.joined', { groupId: this.options.groupId, memberId, partitions });
  }

  renewed(sentAt: number): void {
    this.#lease.renew(sentAt);
  }

  fetched(batch: FetchedBatch): void {
    if (!this.#closed) this.#assignment.fetched(batch);
  }

  skipped(topic: string, partition: number, next: number, end: number): void {
    this.#assignment.skipped(topic, partition, next, end);
    this.#commits.nudge();
  }

  ticked(): void {
    this.#supervisor.ticked();
  }

  // What this process no longer has for sure: its seat in the group.
  #unseated(): void {
    this.#joined = false;
    this.#lease.unsettle();
    this.#assignment.doubt();
  }

  async #beat(heartbeat: () => Promise<boolean>): Promise<void> {
    const sentAt = Date.now();
    if (await heartbeat()) this.#lease.renew(sentAt);
  }

  #tick(): void {
    this.#supervisor.check();
    this.#apart.observe(this.#joined && this.#lease.held(), this.#supervisor.lastError);
    for (const worker of this.#assignment.workers) {
      worker.pump();
      this.#assignment.balance(worker);
      const labels = { group: this.options.groupId, topic: worker.topic, partition: String(worker.partition) };
      metrics.lag.set(labels, worker.lag);
      metrics.unfinished.set(labels, worker.window.records);
    }
    if (this.#assignment.due().length > 0) this.#commits.nudge();
  }

  #host(topic: string): WorkerHost<PartitionWorker> {
    const { groupId, retry } = this.options;
    return {
      dispatch: this.handlers.get(topic)!,
      window: this.#window,
      retry: { ...RETRY_DEFAULTS, ...retry },
      lease: this.#lease,
      log: this.connection.log,
      deadLetter: (record, reason) => this.#deadLetters.write(record, reason),
      holding: () => this.#flow.holding(),
      progressed: (worker) => this.#flow.progressed(worker),
      gaveUp: (worker) => this.#onGivenUp(worker),
      counted: (outcome) => metrics.handled.inc({ group: groupId, topic, outcome }),
    };
  }

  #onGivenUp(worker: PartitionWorker): void {
    this.connection.log('warn', 'partition.given-up', { groupId: this.options.groupId, topic: worker.topic, partition: worker.partition });
    // A member about to join again reads from the committed offset anyway.
    if (this.#joined && worker.confirmed) this.#assignment.reread(worker);
  }

  async #commit(offsets: readonly CommitOffset[]): Promise<void> {
    const { groupId } = this.options;
    try {
      await this.#supervisor.member!.commit(offsets);
      this.#assignment.committed(offsets);
      for (const { topic, partition, offset } of offsets)
        metrics.watermark.set({ group: groupId, topic, partition: String(partition) }, offset);
    } catch (error) {
      // Refused in a rebalance, or the coordinator is away: the offsets stay due. What it means for the membership, the
      // heartbeat finds out.
      this.connection.log('debug', 'commit.failed', { groupId, error });
    }
  }

  async #close(): Promise<void> {
    await this.#assignment.drain(this.options.closeDrainMs ?? RUNNER_DEFAULTS.closeDrainMs);
    await this.#commits.settle();
    this.#assignment.close();
    this.#lease.unsettle();
    this.#commits.stop();
    clearInterval(this.#ticker);
    await this.#supervisor.stop();
  }
}
