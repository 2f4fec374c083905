import { AppError } from '#libs/kernel';
import type { LogFunction } from './kafka-settings.js';
import type { OutgoingMessage, PendingRecord } from './pending-record.js';
import './messaging.errors.js';
import { publishFailure, writtenAnyway } from './publish-failure.js';

export interface LaneLimits {
  /** A request's records for one topic may form one record batch, which the broker refuses past 1 MiB. */
  readonly batchBytes: number;
  /** kafkajs copies a partition's list once per record while grouping, so very long lists cost more than they save. */
  readonly batchRecords: number;
  readonly retryDelayMs: { readonly first: number; readonly most: number };
}

export type SendBatch = (topic: string, messages: OutgoingMessage[]) => Promise<void>;

/**
 * The way of one topic's records to the broker. At most one request is under way, and a failed one is repeated before
 * anything later is sent: that keeps the order of a key without the idempotent producer. While a request is under way
 * records gather for the next one, so the batch grows with the load and an idle lane sends at once.
 */
export class ProducerLane {
  #queue: PendingRecord[] = [];
  #inFlight: readonly PendingRecord[] = [];
  #running = false;
  #failures = 0;
  #wake: (() => void) | undefined;

  constructor(
    private readonly topic: string,
    private readonly send: SendBatch,
    private readonly limits: LaneLimits,
    private readonly log: LogFunction,
  ) {}

  /** Consecutive failed requests; 0 in a healthy lane. */
  get failures(): number {
    return this.#failures;
  }

  push(record: PendingRecord): void {
    this.#queue.push(record);
    if (this.#running) return;
    this.#running = true;
    // Records published in the same turn of the event loop travel together; the next turn is at most microseconds away.
    setImmediate(() => void this.#run());
  }

  /** Answers every record whose deadline has passed. It may still be written when its request is under way. */
  expire(now: number): void {
    for (const record of this.#queue) if (record.deadline <= now) record.fail(unavailable(this.topic));
    for (const record of this.#inFlight) if (record.deadline <= now) record.fail(unavailable(this.topic));
  }

  /** Answers every record with `BROKER_UNAVAILABLE`; for the end of the process. */
  abandon(): void {
    this.expire(Infinity);
    this.#wake?.();
  }

  async #run(): Promise<void> {
    while (this.#queue.length > 0) {
      this.#inFlight = this.#cut();
      await this.#deliver(this.#inFlight);
    }
    this.#inFlight = [];
    this.#running = false;
  }

  #cut(): PendingRecord[] {
    let bytes = 0;
    let count = 0;
    for (const record of this.#queue) {
      if (count > 0 && (bytes + record.bytes > this.limits.batchBytes || count >= this.limits.batchRecords)) break;
      bytes += record.bytes;
      count++;
    }
    return this.#queue.splice(0, count);
  }

  async #deliver(batch: readonly PendingRecord[]): Promise<void> {
    for (;;) {
      const open = batch.filter((record) => !record.settled);
      if (open.length === 0) return;
      try {
        await this.send(
          this.topic,
          open.map((record) => record.message),
        );
        this.#failures = 0;
        for (const record of open) record.acknowledge();
        return;
      } catch (cause) {
        // One partition may refuse what is for it while the others have written theirs: that is not sent again.
        const written = writtenAnyway(cause);
        for (const record of open) if (written?.has(record.message)) record.acknowledge();
        const left = open.filter((record) => !record.settled);
        const failure = publishFailure(cause);
        if (failure === 'wait') {
          if (left.length > 0) await this.#wait(cause);
          continue;
        }
        if (left.length > 1) {
          const middle = left.length >> 1;
          await this.#deliver(left.slice(0, middle));
          return this.#deliver(left.slice(middle));
        }
        const code = failure === 'too-large' ? 'RECORD_TOO_LARGE' : 'RECORD_REFUSED';
        left[0]?.fail(new AppError(code, `publishing ${left[0].bytes} bytes to ${this.topic}`, { cause }));
        return;
      }
    }
  }

  async #wait(cause: unknown): Promise<void> {
    this.#failures++;
    const { first, most } = this.limits.retryDelayMs;
    const delay = Math.min(most, first * 2 ** Math.min(this.#failures - 1, 16));
    this.log('warn', 'publish.delayed', { topic: this.topic, failures: this.#failures, retryInMs: delay, error: String(cause) });
    await new Promise<void>((resolve) => {
      const timer = setTimeout(resolve, delay);
      this.#wake = () => {
        clearTimeout(timer);
        resolve();
      };
    });
    this.#wake = undefined;
  }
}

function unavailable(topic: string): AppError {
  return new AppError('BROKER_UNAVAILABLE', `publishing to ${topic}`, { retryAfterSeconds: 1 });
}
