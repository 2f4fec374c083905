import type { CommitOffset, FetchedBatch } from './group-member.js';
import { PartitionWorker } from './partition-worker.js';
import type { WorkerHost } from './worker-host.js';
import { adaptRecord, recordBytes, type ClientMessage } from './record-adapter.js';

/** What the assignment asks of the member it works for. */
export interface FetchControl {
  pause(topic: string, partition: number): void;
  resume(topic: string, partition: number): void;
  seek(topic: string, partition: number, offset: number): void;
}

const key = (topic: string, partition: number): string => `${topic}/${partition}`;

/**
 * The partitions this process works on, over all lives of its member. A partition's worker outlives a rebalance that
 * leaves the partition here, so that work in flight is neither lost nor begun twice:
 * - same member before and after: nobody else can have had the partition; fetching goes on where it was;
 * - new member (after a crash or an expired session): the worker waits unconfirmed for the first fetch, which begins at
 *   the committed offset. If that is what this process committed last, nobody has worked on it since; otherwise it ends.
 */
export class Assignment {
  readonly #workers = new Map<string, PartitionWorker>();

  constructor(
    private readonly host: (topic: string) => WorkerHost<PartitionWorker>,
    /** The member of this moment. */
    private readonly fetching: () => FetchControl,
    /** Bytes of unfinished records of all partitions together, past which fetching pauses. */
    private readonly mostBytes: number,
  ) {}

  get workers(): PartitionWorker[] {
    return [...this.#workers.values()];
  }

  /** Handler calls without an outcome. */
  get running(): number {
    return this.workers.reduce((sum, { running }) => sum + running, 0);
  }

  /** Begins no more work until the next assignment; resolves once nothing runs, or after `boundMs`. */
  async drain(boundMs: number): Promise<void> {
    let timer: NodeJS.Timeout | undefined;
    const bound = new Promise<void>((resolve) => (timer = setTimeout(resolve, boundMs)));
    await Promise.race([Promise.all(this.workers.map((worker) => worker.drain())), bound]);
    clearTimeout(timer);
  }

  /** Offsets that have moved since they were last committed. */
  due(): CommitOffset[] {
    return this.workers
      .filter((worker) => !worker.closed && worker.confirmed && worker.window.watermark > worker.committed)
      .map(({ topic, partition, window }) => ({ topic, partition, offset: window.watermark }));
  }

  committed(offsets: readonly CommitOffset[]): void {
    for (const { topic, partition, offset } of offsets) {
      const worker = this.#workers.get(key(topic, partition));
      if (worker && !worker.closed) worker.committed = offset;
    }
  }

  /** The member may no longer be who committed last; see the class comment. */
  doubt(): void {
    for (const worker of this.workers) {
      worker.confirmed = false;
      void worker.drain();
    }
  }

  /** A new assignment. @param sameMember whether the member is the one that had the last one */
  assign(partitions: Readonly<Record<string, readonly number[]>>, sameMember: boolean): void {
    const assigned = new Set(Object.entries(partitions).flatMap(([topic, list]) => list.map((partition) => key(topic, partition))));
    for (const [id, worker] of this.#workers) {
      if (!assigned.has(id)) worker.close();
      // Pauses outlive a rebalance in kafkajs, and a new member knows nothing of them.
      if (worker.paused) this.#resume(worker);
      if (worker.closed) {
        this.#workers.delete(id);
      } else if (sameMember && worker.confirmed) {
        this.fetching().seek(worker.topic, worker.partition, worker.window.next);
        worker.resume();
        this.balance(worker);
      } else {
        worker.confirmed = false;
      }
    }
  }

  /** Takes a fetch in and begins what may be begun. */
  fetched(batch: FetchedBatch): void {
    const { topic, partition } = batch;
    const from = Number(batch.fetchedOffset);
    const end = Number(batch.highWatermark);
    const worker = this.#ownerOf(topic, partition, from, end);
    const records = batch.messages
      .filter((message) => Number(message.offset) >= worker.window.next)
      .map((message: ClientMessage) => ({
        record: adaptRecord(topic, partition, message),
        bytes: recordBytes(message),
        undecodable: message.undecodable,
      }));
    worker.receive(records, Number(batch.lastOffset()) + 1, end);
    this.balance(worker);
  }

  skipped(topic: string, partition: number, next: number, end: number): void {
    const worker = this.#workers.get(key(topic, partition));
    if (!worker || worker.closed || !worker.confirmed) return;
    worker.receive([], next, end);
  }

  /** Pauses a partition whose window is full, resumes one that has drained. */
  balance(worker: PartitionWorker): void {
    if (worker.closed) return;
    const crowded = this.workers.reduce((sum, { window }) => sum + window.bytes, 0) >= this.mostBytes;
    if (!worker.paused && (worker.full || (crowded && worker.window.records > 0))) {
      worker.paused = true;
      this.fetching().pause(worker.topic, worker.partition);
    } else if (worker.paused && worker.relieved && !(crowded && worker.window.records > 0)) {
      this.#resume(worker);
    }
  }

  /** Reads again what a worker that gave up had not finished. */
  reread(worker: PartitionWorker): void {
    const id = key(worker.topic, worker.partition);
    if (this.#workers.get(id) !== worker) return;
    this.#workers.delete(id);
    this.fetching().seek(worker.topic, worker.partition, worker.window.watermark);
    if (worker.paused) this.#resume(worker);
  }

  close(): void {
    for (const worker of this.workers) worker.close();
    this.#workers.clear();
  }

  #resume(worker: PartitionWorker): void {
    worker.paused = false;
    this.fetching().resume(worker.topic, worker.partition);
  }

  #ownerOf(topic: string, partition: number, from: number, end: number): PartitionWorker {
    const id = key(topic, partition);
    const known = this.#workers.get(id);
    if (known && !known.confirmed && !known.closed && known.committed === from) {
      known.confirmed = true;
      known.resume();
    }
    // An end before what was read already: the topic was made anew, or lost its tail with a broker.
    if (known && known.confirmed && !known.closed && end >= known.window.next) return known;
    known?.close();
    const worker = new PartitionWorker(topic, partition, from, this.host(topic));
    this.#workers.set(id, worker);
    return worker;
  }
}
