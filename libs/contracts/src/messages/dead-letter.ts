import type { ReceivedRecord, WireRecord } from '../wire-record.js';

/** A record that could not be read, as it came, with why and from where. @param reason a code of the error table */
export function encodeDeadLetter(record: ReceivedRecord, reason: string): WireRecord {
  return {
    key: record.key,
    value: record.value,
    headers: {
      ...record.headers,
      ce_reason: reason,
      ce_topic: record.topic,
      ce_partition: String(record.partition),
      ce_offset: record.offset,
    },
  };
}
