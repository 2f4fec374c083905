type HeaderValue = Buffer | string;

/** A Kafka record's headers: names as sent; values as bytes, or as text that stands for its UTF-8 bytes; a list when a name repeats. */
export type RecordHeaders = Readonly<Record<string, HeaderValue | readonly HeaderValue[] | undefined>>;

/** A record on its way out, free of any Kafka client's types. */
export interface WireRecord {
  readonly key: Buffer | string | null;
  /** `null` is a tombstone on a compacted topic. */
  readonly value: Buffer | null;
  readonly headers: RecordHeaders;
}

/** A record as read from a topic. */
export interface ReceivedRecord {
  readonly topic: string;
  readonly partition: number;
  /** Decimal, as Kafka's offsets are 64 bits wide. */
  readonly offset: string;
  /** Milliseconds since the Unix epoch, as the producer or the broker stamped it. */
  readonly timestamp: number;
  readonly key: Buffer | null;
  readonly value: Buffer | null;
  readonly headers: RecordHeaders;
}

/** A header as text, or undefined when absent; of a repeated header the last value counts. */
export function headerText(headers: RecordHeaders, name: string): string | undefined {
  const found = headers[name];
  const value = Array.isArray(found) ? (found as readonly HeaderValue[]).at(-1) : (found as HeaderValue | undefined);
  return value === undefined ? undefined : typeof value === 'string' ? value : value.toString('utf8');
}
