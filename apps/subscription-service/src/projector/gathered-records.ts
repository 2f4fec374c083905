import { ContractViolation, type ReceivedRecord } from '#libs/contracts';
import { AppError } from '#libs/kernel';
import { deadLetter, DONE, type RecordOutcome, retryLater, skip } from '#libs/messaging';
import { type HistoryRecord, type HistoryTopic, readHistoryRecord } from './history-record.js';

interface Waiting {
  readonly topic: HistoryTopic;
  readonly record: ReceivedRecord;
  readonly settle: (outcome: RecordOutcome) => void;
  readonly fail: (error: unknown) => void;
}

interface Read extends Pick<Waiting, 'settle' | 'fail'> {
  readonly record: HistoryRecord;
}

export interface GatherOptions {
  /** Most records of one transaction. */
  readonly records: number;
  /** Most bytes of one transaction, but for a single record that has more. */
  readonly bytes: number;
  /** Most transactions under way: while the database works on one, the next is made. */
  readonly atOnce: number;
  /** Milliseconds between the beginnings of two transactions while fewer than `few` records wait: each costs a commit, however small. */
  readonly pauseMs: number;
  readonly few: number;
  /** Called when a transaction failed for a reason that lies in none of its records. */
  readonly failed: (error: unknown) => void;
}

// SQLSTATE of faults that a record's own values cause: data exceptions, broken constraints, limits such as that of an index row.
const RECORDS_FAULT = /^(22|23|54)/;
const FIRST_DELAY_MS = 200;
const LONGEST_DELAY_MS = 5_000;

/**
 * Gathers the records of all topics and partitions into large transactions: while one is stored, the next gathers. An idle
 * projector stores a record at once, and what follows it soon goes together. When the database is at fault, all records come back later, as often
 * as it takes; when a record is, the batch is halved until that record alone fails.
 */
export class GatheredRecords {
  private waiting: Waiting[] = [];
  private waitingBytes = 0;
  private transactions = 0;
  private failures = 0;
  private begunAt = -Infinity;
  private timer: NodeJS.Timeout | undefined;

  constructor(
    private readonly store: (records: readonly HistoryRecord[]) => Promise<void>,
    private readonly options: GatherOptions,
  ) {}

  /** Resolves once the record is stored, or is to be handed in again. */
  add(topic: HistoryTopic, record: ReceivedRecord): Promise<RecordOutcome> {
    return new Promise((settle, fail) => {
      this.waiting.push({ topic, record, settle, fail });
      this.waitingBytes += record.value?.length ?? 0;
      this.begin();
    });
  }

  private begin(): void {
    if (!this.mayBegin()) return;
    const pauseMs = this.pauseMs();
    if (pauseMs > 0) {
      this.timer ??= setTimeout(() => {
        this.timer = undefined;
        this.begin();
      }, pauseMs);
      return;
    }
    clearTimeout(this.timer);
    this.timer = undefined;
    this.transactions++;
    // What else was fetched is handed in by then.
    setImmediate(() => void this.storeAll());
  }

  /** How long what waits may still be added to. */
  private pauseMs(): number {
    if (this.waiting.length >= this.options.few || this.waitingBytes >= this.options.bytes) return 0;
    return this.begunAt + this.options.pauseMs - performance.now();
  }

  private mayBegin(): boolean {
    if (this.transactions === 0) return this.waiting.length > 0;
    // A further one only for what fills it: small ones would cost more than they gain.
    const full = this.waiting.length >= this.options.records || this.waitingBytes >= this.options.bytes;
    return full && this.transactions < this.options.atOnce;
  }

  private async storeAll(): Promise<void> {
    this.begunAt = performance.now();
    const batch = this.take().flatMap((waiting) => read(waiting) ?? []);
    if (batch.length > 0) await this.storeTogether(batch);
    this.transactions--;
    this.begin();
  }

  private take(): Waiting[] {
    let bytes = 0;
    let count = 0;
    for (const waiting of this.waiting) {
      bytes += waiting.record.value?.length ?? 0;
      if (count > 0 && (count >= this.options.records || bytes > this.options.bytes)) break;
      count++;
    }
    const taken = this.waiting.splice(0, count);
    for (const { record } of taken) this.waitingBytes -= record.value?.length ?? 0;
    return taken;
  }

  private async storeTogether(batch: readonly Read[]): Promise<void> {
    try {
      await this.store(batch.map(({ record }) => record));
      this.failures = 0;
      for (const { settle } of batch) settle(DONE);
    } catch (error) {
      if (!isRecordsFault(error)) return this.later(batch, error);
      if (batch.length === 1) return batch[0]!.fail(error);
      const half = Math.ceil(batch.length / 2);
      await this.storeTogether(batch.slice(0, half));
      await this.storeTogether(batch.slice(half));
    }
  }

  private later(batch: readonly Read[], error: unknown): void {
    this.options.failed(error);
    const at = Date.now() + Math.min(LONGEST_DELAY_MS, FIRST_DELAY_MS * 2 ** Math.min(this.failures++, 10));
    for (const { settle } of batch) settle(retryLater(at));
  }
}

/** Read not before they are stored: what is made of them need not live while they wait. */
function read({ topic, record, settle, fail }: Waiting): Read | undefined {
  try {
    const found = readHistoryRecord(topic, record);
    if (found) return { record: found, settle, fail };
    settle(skip('no-history'));
  } catch (error) {
    if (error instanceof ContractViolation) settle(deadLetter(error.reason));
    else fail(error);
  }
  return undefined;
}

function isRecordsFault(error: unknown): boolean {
  if (error instanceof AppError) return false;
  const { code, driverError } = error as { code?: unknown; driverError?: { code?: unknown } };
  // Not of the database: a record that this code cannot handle.
  if (driverError === undefined && typeof code !== 'string') return true;
  return RECORDS_FAULT.test(String(driverError?.code ?? code));
}
