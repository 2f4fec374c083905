import { callHandler } from './handler-call.js';
import type { BatchContext, RecordOutcome } from './handler.js';
import { PartitionWindow } from './partition-window.js';
import { afterFailure } from './record-retry.js';
import type { WorkerHost } from './worker-host.js';
import { WorkQueue, type Task } from './work-queue.js';

/**
 * The work on one assigned partition: queued → running → (held until a time → running) → finished. A record stays in the
 * window, and its offset uncommitted, until it is finished; only the window says how far may be committed.
 *
 * `closed` is final: the partition belongs to someone else, results that still come are dropped, nothing more commits.
 * While draining nothing is begun, and what runs may finish or be let go. `confirmed` is false after this process joined the group
 * as a new member, until the committed offset proves that nobody else has worked on the partition meanwhile.
 */
export class PartitionWorker {
  readonly window: PartitionWindow;
  readonly context: BatchContext;
  /** Last committed offset, or where reading began. */
  committed: number;
  paused = false;
  confirmed = true;
  lastProgressAt = Date.now();
  #end: number;
  #running = 0;
  #draining = new AbortController();
  #closed = false;
  readonly #queue: WorkQueue;
  readonly #abort = new AbortController();
  #onQuiet: (() => void)[] = [];

  constructor(
    readonly topic: string,
    readonly partition: number,
    position: number,
    private readonly host: WorkerHost<PartitionWorker>,
  ) {
    this.window = new PartitionWindow(position);
    this.#queue = new WorkQueue(host.window, () => host.progressed(this));
    this.committed = position;
    this.#end = position;
    const draining = (): AbortSignal => this.#draining.signal;
    this.context = {
      topic,
      partition,
      signal: this.#abort.signal,
      get draining() {
        return draining();
      },
      lost: () => this.#lost(),
    };
  }

  get closed(): boolean {
    return this.#closed;
  }

  /** Handler calls without an outcome. Records held for later are not running. */
  get running(): number {
    return this.#running;
  }

  get full(): boolean {
    return this.#holds(1);
  }

  /** Whether enough has drained to fetch again. Half, so that pausing does not flutter with every record. */
  get relieved(): boolean {
    return !this.#holds(0.5);
  }

  /** Records between what is finished and the end of the partition. */
  get lag(): number {
    return Math.max(this.window.records, this.#end - this.window.watermark);
  }

  /** Takes in what a fetch brought. @param next the offset after the fetch, also past records that are not for us */
  receive(records: readonly Pick<Task, 'record' | 'bytes' | 'undecodable'>[], next: number, end: number): void {
    for (const { record, bytes, undecodable } of records) {
      const offset = Number(record.offset);
      if (this.window.admit(offset, bytes)) this.#queue.add({ record, offset, bytes, undecodable, failures: 0 });
    }
    this.window.skipTo(next);
    this.#end = end;
    this.pump();
  }

  /** Begins as much work as the window, the lease and the publisher allow. */
  pump(): void {
    while (!this.#closed && !this.#draining.signal.aborted && this.confirmed && this.host.lease.held() && !this.host.holding()) {
      const tasks = this.#queue.next();
      if (tasks.length === 0) return;
      this.#begin(tasks);
    }
  }

  /** Begins nothing more, and asks for what has not had an effect to be let go; resolves once nothing runs. */
  drain(): Promise<void> {
    this.#draining.abort();
    return this.#running === 0 ? Promise.resolve() : new Promise((resolve) => this.#onQuiet.push(resolve));
  }

  resume(): void {
    if (this.#draining.signal.aborted) this.#draining = new AbortController();
    this.pump();
  }

  /** Gives the partition up for good: aborts what runs and forgets what waits. */
  close(): void {
    if (this.#closed) return;
    this.#closed = true;
    this.#queue.clear();
    this.#abort.abort();
    this.#draining.abort();
    for (const tell of this.#onQuiet.splice(0)) tell();
  }

  #holds(share: number): boolean {
    const { records, bytes, span } = this.host.window;
    return (
      this.window.records >= Math.max(1, records * share) ||
      this.window.bytes >= bytes * share ||
      this.window.next - this.window.watermark >= span * share
    );
  }

  // Sticky: a handler that was told so gives its work up, so the records must be read again whatever happens next.
  #lost(): boolean {
    if (!this.#closed && !(this.confirmed && this.host.lease.held())) {
      this.close();
      this.host.gaveUp(this);
    }
    return this.#closed;
  }

  #begin(tasks: readonly Task[]): void {
    this.#running += tasks.length;
    const readable = tasks.some(({ undecodable }) => undecodable) ? this.#buryUndecodable(tasks) : tasks;
    if (readable.length === 0) return;
    callHandler(this.host.dispatch, readable, this.context, {
      settled: (task, outcome) => this.#settle(task, outcome),
      failed: (task, error) => this.#failed(task, error),
      callFailed: (error) => this.#callFailed(readable, error),
    });
  }

  /** Batches without their records, which no handler can see. @returns what a handler can */
  #buryUndecodable(tasks: readonly Task[]): Task[] {
    const { topic, partition } = this;
    for (const task of tasks) {
      if (!task.undecodable) continue;
      this.host.log('error', 'batch.undecodable', { topic, partition, lastOffset: task.record.offset, error: task.undecodable });
      this.#bury(task, 'BATCH_UNDECODABLE');
    }
    return tasks.filter(({ undecodable }) => !undecodable);
  }

  // One record spoils the whole call: each gets a call of its own, so that only the guilty one fails again.
  #callFailed(tasks: readonly Task[], error: unknown): void {
    if (tasks.length === 1) return this.#failed(tasks[0]!, error);
    this.host.log('warn', 'batch.split', { topic: this.topic, partition: this.partition, records: tasks.length, error });
    for (const task of tasks) {
      this.#queue.again(task);
      this.#stopped();
    }
    this.host.progressed(this);
  }

  #settle(task: Task, outcome: RecordOutcome): void {
    if (this.#closed) return this.#stopped();
    switch (outcome?.kind) {
      case 'done':
        return this.#finish(task, 'done');
      case 'skip':
        return this.#finish(task, `skip:${outcome.reason}`);
      case 'retryLater':
        return this.#hold(task, outcome.at - Date.now(), 'retryLater');
      case 'deadLetter':
        return this.#bury(task, outcome.reason);
      default:
        return this.#failed(task, new Error(`the handler of ${this.topic} returned ${JSON.stringify(outcome satisfies never)}`));
    }
  }

  #failed(task: Task, error: unknown): void {
    if (this.#closed) return this.#stopped();
    task.failures++;
    const { topic, partition } = this;
    const next = afterFailure(error, task.failures, this.host.retry);
    if (next === 'give-up') {
      this.host.log('error', 'record.given-up', { topic, partition, offset: task.record.offset, failures: task.failures, error });
      return this.#bury(task, 'HANDLER_FAILED');
    }
    this.host.log('warn', 'record.failed', {
      topic,
      partition,
      offset: task.record.offset,
      failures: task.failures,
      retryInMs: next.retryInMs,
      error,
    });
    this.#hold(task, next.retryInMs, 'failed');
  }

  #bury(task: Task, reason: string): void {
    this.host.deadLetter(task.record, reason).then(
      () => (this.#closed ? this.#stopped() : this.#finish(task, 'deadLetter')),
      (error: unknown) => this.#failed(task, error),
    );
  }

  #hold(task: Task, delayMs: number, outcome: string): void {
    this.lastProgressAt = Date.now();
    this.#queue.againIn(task, delayMs);
    this.host.counted(outcome);
    this.#stopped();
  }

  #finish(task: Task, outcome: string): void {
    this.lastProgressAt = Date.now();
    this.#queue.finished(task);
    this.window.finish(task.offset);
    this.host.counted(outcome);
    this.#stopped();
    this.host.progressed(this);
  }

  #stopped(): void {
    this.#running--;
    if (this.#running === 0) for (const tell of this.#onQuiet.splice(0)) tell();
  }
}
