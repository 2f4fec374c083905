import type { RecordHeaders, WireRecord } from '#libs/contracts';
import { AppError } from '#libs/kernel';

type HeaderValue = Buffer | string;

/** A record in the form in which kafkajs takes it. */
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
    const headers = outgoingHeaders(record.headers);
    this.message = { key: record.key, value: record.value, headers: headers.values };
    this.bytes = RECORD_FRAME_BYTES + lengthOf(record.key) + (record.value?.length ?? 0) + headers.bytes;
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

function outgoingHeaders(headers: RecordHeaders): { values: Record<string, HeaderValue | HeaderValue[]>; bytes: number } {
  // Without a prototype, so that a header named `__proto__` is a header like any other.
  const values: Record<string, HeaderValue | HeaderValue[]> = Object.create(null) as Record<string, never>;
  let bytes = 0;
  for (const name of Object.keys(headers)) {
    const value = headers[name];
    if (value === undefined) continue;
    const list = Array.isArray(value) ? (value as HeaderValue[]) : undefined;
    values[name] = list ? [...list] : (value as HeaderValue);
    for (const one of list ?? [value as HeaderValue]) bytes += HEADER_FRAME_BYTES + lengthOf(name) + lengthOf(one);
  }
  return { values, bytes };
}

function lengthOf(text: Buffer | string | null): number {
  if (text === null) return 0;
  return typeof text === 'string' ? Buffer.byteLength(text, 'utf8') : text.length;
}
