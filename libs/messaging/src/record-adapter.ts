import type { ReceivedRecord, RecordHeaders } from '#libs/contracts';
import type { IHeaders, KafkaMessage } from 'kafkajs';

/**
 * A kafkajs message as a record of ours, in memory of its own: kafkajs hands out slices of the whole fetch response, so
 * one small record that waits for a retry would keep megabytes alive.
 */
export function adaptRecord(topic: string, partition: number, message: KafkaMessage): ReceivedRecord {
  const room = Buffer.allocUnsafe(recordBytes(message));
  let used = 0;
  const copy = (part: Buffer | string): Buffer => {
    const start = used;
    used += typeof part === 'string' ? room.write(part, used, 'utf8') : part.copy(room, used);
    return room.subarray(start, used);
  };
  return {
    topic,
    partition,
    offset: message.offset,
    timestamp: Number(message.timestamp),
    key: message.key ? copy(message.key) : null,
    value: message.value ? copy(message.value) : null,
    headers: copyHeaders(message.headers, copy),
  };
}

/** Bytes of key, value and headers' values. */
export function recordBytes(message: Pick<KafkaMessage, 'key' | 'value' | 'headers'>): number {
  let bytes = (message.key?.length ?? 0) + (message.value?.length ?? 0);
  for (const name in message.headers) {
    const value = message.headers[name];
    if (Array.isArray(value)) for (const one of value) bytes += Buffer.byteLength(one);
    else if (value !== undefined && value !== null) bytes += Buffer.byteLength(value);
  }
  return bytes;
}

function copyHeaders(headers: IHeaders | undefined, copy: (part: Buffer | string) => Buffer): RecordHeaders {
  // Without a prototype, so that a header named `__proto__` is a header like any other.
  const copies: Record<string, Buffer | Buffer[]> = Object.create(null) as Record<string, never>;
  for (const name in headers) {
    const value = headers[name];
    // A header may have no value at all on the wire; as it has no bytes either, it reads as empty.
    copies[name] = Array.isArray(value) ? value.map((one) => copy(one ?? '')) : copy(value ?? '');
  }
  return copies;
}
