import type { ReceivedRecord, RecordHeaders } from '#libs/contracts';
import type { KafkaMessage } from 'kafkajs';

const NOTHING = Buffer.alloc(0);

/**
 * A kafkajs message as a record of ours. It is in memory of its own: as patched, kafkajs copies each record out of the
 * fetch response, else one small record that waits for a retry would keep megabytes alive.
 */
export function adaptRecord(topic: string, partition: number, message: KafkaMessage): ReceivedRecord {
  const { offset, timestamp, key, value, headers } = message;
  return { topic, partition, offset, timestamp: Number(timestamp), key, value, headers: filled(headers) };
}

/** What stands for a whole record batch that could not be decoded, as patched; see `BATCH_UNDECODABLE`. */
export type ClientMessage = KafkaMessage & { readonly undecodable?: unknown };

/** Bytes of key, value and headers' values. */
export function recordBytes(message: Pick<KafkaMessage, 'key' | 'value' | 'headers'>): number {
  let bytes = (message.key?.length ?? 0) + (message.value?.length ?? 0);
  for (const name in message.headers) {
    const value = message.headers[name];
    if (Array.isArray(value)) for (const one of value) bytes += lengthOf(one);
    else bytes += lengthOf(value);
  }
  return bytes;
}

function lengthOf(value: Buffer | string | null | undefined): number {
  return typeof value === 'string' ? Buffer.byteLength(value) : (value?.length ?? 0);
}

/** A header may have no value at all on the wire; as it has no bytes either, it reads as empty. */
function filled(headers: KafkaMessage['headers']): RecordHeaders {
  const given = (headers ?? {}) as Record<string, Buffer | (Buffer | null)[] | null | undefined>;
  for (const name in given) {
    const value = given[name];
    if (Array.isArray(value)) given[name] = value.map((one) => one ?? NOTHING);
    else if (value === null || value === undefined) given[name] = NOTHING;
  }
  return given as RecordHeaders;
}
