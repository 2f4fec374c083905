import { headerText, type ReceivedRecord } from '#libs/contracts';
import type { KafkaConnection } from './kafka-connection.js';
import { LogReader } from './log-reader.js';
import { metrics } from './messaging.metrics.js';
import type { Health } from './runner-health.js';
import { VersionIndex, type Change } from './version-index.js';

export interface CompactedViewOptions<T> {
  /** Full name on the broker. */
  readonly topic: string;
  /** @throws ContractViolation when the record is none of the topic's; it is then skipped, counted and logged */
  readonly decode: (record: ReceivedRecord) => T;
  /** The record's key as the id of what it is about, of tombstones too. */
  readonly idOf: (record: ReceivedRecord) => string;
  readonly versionOf: (value: T) => number;
  /** Called for every change, in the order of the records of one id. */
  readonly onChange?: (change: Change<T>) => void;
  /** False keeps versions only: `get` and `values` find nothing, and changes have no `previous`. Default true. */
  readonly keep?: boolean;
}

const SILENT_MS = 15_000;

/** The current state of everything on a compacted topic, in memory, read from the beginning and kept up with. */
export class CompactedView<T> {
  readonly #reader: LogReader;
  readonly #index: VersionIndex<T>;
  #ready = false;

  constructor(
    private readonly connection: KafkaConnection,
    private readonly options: CompactedViewOptions<T>,
  ) {
    this.#index = new VersionIndex(options.keep ?? true);
    this.#reader = new LogReader(connection, options.topic, (record) => this.#apply(record));
  }

  /** Resolves when every partition was read to the end it had at the start; waits for a broker as long as it takes. */
  async start(): Promise<void> {
    await this.#reader.start();
    if (this.#ready) return;
    this.#ready = true;
    this.connection.log('info', 'view.loaded', { topic: this.options.topic, entries: this.size });
  }

  /** Whether the view was complete at least once. */
  get ready(): boolean {
    return this.#ready;
  }

  get size(): number {
    return this.#index.size;
  }

  get(id: string): T | undefined {
    return this.#index.get(id);
  }

  values(): IterableIterator<T> {
    return this.#index.values();
  }

  async stop(): Promise<void> {
    await this.#reader.stop();
  }

  /** Not ready before the first load, nor while no broker tells of changes. */
  health(): Health {
    const { topic } = this.options;
    if (!this.#ready)
      return { ready: false, live: true, detail: `loading ${topic}${this.#reader.lastError ? `: ${this.#reader.lastError}` : ''}` };
    const current = this.#reader.silentMs < SILENT_MS;
    return {
      ready: current,
      live: true,
      detail: current ? `${this.size} of ${topic}` : `${topic} not heard of for ${this.#reader.silentMs} ms`,
    };
  }

  #apply(record: ReceivedRecord): void {
    const { topic, partition, offset } = record;
    try {
      const change = this.#change(record);
      if (!change) return;
      metrics.viewSize.set({ topic }, this.size);
      this.options.onChange?.(change);
    } catch (error) {
      metrics.undecodable.inc({ topic });
      this.connection.log('error', 'view.record-skipped', { topic, partition, offset, error });
    }
  }

  #change(record: ReceivedRecord): Change<T> | undefined {
    const { decode, idOf, versionOf } = this.options;
    if (record.value === null) return this.#index.delete(idOf(record), tombstoneVersion(record));
    const value = decode(record);
    return this.#index.set(idOf(record), versionOf(value), value);
  }
}

// The `ce_id` of a state record and of its tombstone is `<id>:<version>`.
function tombstoneVersion(record: ReceivedRecord): number | undefined {
  const id = headerText(record.headers, 'ce_id');
  const version = Number(id?.slice(id.lastIndexOf(':') + 1) || NaN);
  return Number.isSafeInteger(version) ? version : undefined;
}
