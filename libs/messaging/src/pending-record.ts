import type { RecordHeaders, WireRecord } from '#libs/contracts';
import { AppError } from '#libs/kernel';

type HeaderValue = Buffer | string;

/** A record in the form in which kafkajs takes it. As patched, it leaves out headers that are undefined. */
export interface OutgoingMessage {
  readonly key: Buffer | string | null;
  readonly value: Buffer | null;
  readonly headers: Record<string, HeaderValue | HeaderValue[]>;
}

// Lengths, deltas and attributes that frame a record and a header on the wire, at their largest.
const RECORD_FRAME_BYTES = 32;
const HEADER_FRAME_BYTES = 8;

/** One accepted call of `publish` that has not been answered yet. */
export class PendingRecord {
  readonly promise: Promise<void>;
  readonly message: OutgoingMessage;
  /** What the record takes on the wire, rounded up. */
  readonly bytes: number;
  settled = false;
  #resolve!: () => void;
  #reject!: (error: AppError) => void;

  /** @param deadline milliseconds since the epoch, or Infinity */
  constructor(
    record: WireRecord,
    readonly deadline: number,
    private readonly onSettled: (bytes: number, error: AppError | undefined) => void,
  ) {
    // An object of its own, also when the same record is published twice: what was written is known by identity.
    const { key, value, headers } = record as OutgoingMessage;
    this.message = { key, value, headers };
    this.bytes = RECORD_FRAME_BYTES + lengthOf(record.key) + (record.value?.length ?? 0) + headerBytes(record.headers);
    this.promise = new Promise((resolve, reject) => {
      this.#resolve = resolve;
      this.#reject = reject;
    });
  }

  acknowledge(): void {
    if (this.#settle(undefined)) this.#resolve();
  }

  fail(error: AppError): void {
    if (this.#settle(error)) this.#reject(error);
  }

  #settle(error: AppError | undefined): boolean {
    if (this.settled) return false;
    this.settled = true;
    this.onSettled(this.bytes, error);
    return true;
  }
}

function headerBytes(headers: RecordHeaders): number {
  let bytes = 0;
  for (const name of Object.keys(headers)) {
    const value = headers[name];
    if (value === undefined) continue;
    const frame = HEADER_FRAME_BYTES + lengthOf(name);
    if (Array.isArray(value)) for (const one of value as readonly HeaderValue[]) bytes += frame + lengthOf(one);
    else bytes += frame + lengthOf(value as HeaderValue);
  }
  return bytes;
}

function lengthOf(text: Buffer | string | null): number {
  if (text === null) return 0;
  return typeof text === 'string' ? Buffer.byteLength(text, 'utf8') : text.length;
}
