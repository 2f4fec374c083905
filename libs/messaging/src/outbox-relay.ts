import type { WireRecord } from '#libs/contracts';
import { AppError } from '#libs/kernel';
import type { LogFunction } from './kafka-settings.js';
import type { Publisher } from './publisher.js';
import type { Health } from './runner-health.js';

export interface OutboxEntry {
  readonly id: string;
  /** Full name on the broker. */
  readonly topic: string;
  readonly record: WireRecord;
}

/** Where records wait that were written in the transaction that caused them. */
export interface OutboxSource {
  /** Whether this process is, or has just become, the only one that relays. Called before each read. */
  tryLead(): Promise<boolean>;
  /** The oldest entries, in the order in which they must be published; the same again until removed. */
  next(limit: number): Promise<readonly OutboxEntry[]>;
  remove(ids: readonly string[]): Promise<void>;
}

export interface OutboxRelayOptions {
  /** How long to rest when nothing waits, or when another process leads. `wake` ends a rest. */
  readonly pollMs: number;
  /** Entries read and published at once. */
  readonly batch: number;
  readonly log?: LogFunction;
}

const RETRY_MS = { first: 100, most: 5_000 };
const STALL_MS = 60_000;

/**
 * Moves records from the outbox to Kafka: read, publish, remove after the acknowledgement. A crash in between publishes
 * again, which readers absorb by version; the other order would lose records for ever. Entries of a batch are handed to
 * the publisher in their order, which it keeps per topic and key. A batch of which one entry fails is not passed by:
 * a later state of a key must not overtake an earlier one.
 */
export class OutboxRelay {
  #stopping = false;
  #running: Promise<void> | undefined;
  #wake: (() => void) | undefined;
  #woken = false;
  #failures = 0;
  #aliveAt = Date.now();

  constructor(
    private readonly source: OutboxSource,
    private readonly publisher: Publisher,
    private readonly options: OutboxRelayOptions,
  ) {}

  start(): void {
    this.#running ??= this.#run();
  }

  /** Something was put into the outbox: look now instead of at the next poll. */
  wake(): void {
    this.#woken = true;
    this.#wake?.();
  }

  /** Resolves once the batch under way is published and removed, or has failed. */
  async stop(): Promise<void> {
    this.#stopping = true;
    this.#wake?.();
    await this.#running;
  }

  health(): Health {
    const live = this.#running === undefined || this.#failures > 0 || Date.now() - this.#aliveAt < STALL_MS;
    return {
      ready: this.#running !== undefined && this.#failures < 3,
      live,
      detail: this.#failures > 0 ? `${this.#failures} failures in a row` : 'relaying',
    };
  }

  async #run(): Promise<void> {
    while (!this.#stopping) {
      this.#aliveAt = Date.now();
      this.#woken = false;
      try {
        const more = (await this.source.tryLead()) && (await this.#relay());
        this.#failures = 0;
        if (!more) await this.#rest(this.options.pollMs);
      } catch (error) {
        this.#failures++;
        const retryInMs = Math.min(RETRY_MS.most, RETRY_MS.first * 2 ** Math.min(this.#failures - 1, 10));
        this.options.log?.('warn', 'outbox.delayed', { failures: this.#failures, retryInMs, error });
        await this.#rest(retryInMs);
      }
    }
  }

  /** @returns whether more may be waiting */
  async #relay(): Promise<boolean> {
    const entries = await this.source.next(this.options.batch);
    if (entries.length === 0) return false;
    // A bound well below the time after which another process would take the lead over.
    const published = await Promise.allSettled(
      entries.map(({ topic, record }) => this.publisher.publish(topic, record, { deadlineMs: 30_000 })),
    );
    const answered = published.map((result, i) => result.status === 'fulfilled' || this.#refused(entries[i]!, result.reason));
    const waiting = answered.indexOf(false);
    const relayed = waiting === -1 ? entries : entries.slice(0, waiting);
    if (relayed.length > 0) await this.source.remove(relayed.map(({ id }) => id));
    if (waiting !== -1) throw (published[waiting] as PromiseRejectedResult).reason;
    return entries.length === this.options.batch;
  }

  // Will never be accepted: kept, it would hold up everything behind it for ever.
  #refused({ id, topic }: OutboxEntry, error: unknown): boolean {
    if (!(error instanceof AppError) || error.retryable) return false;
    this.options.log?.('error', 'outbox.entry-refused', { id, topic, error });
    return true;
  }

  async #rest(ms: number): Promise<void> {
    if (this.#stopping || this.#woken) return;
    await new Promise<void>((resolve) => {
      const timer = setTimeout(resolve, ms);
      this.#wake = () => {
        clearTimeout(timer);
        resolve();
      };
    });
    this.#wake = undefined;
  }
}
