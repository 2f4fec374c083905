import type { ReceivedRecord } from '#libs/contracts';
import type { KafkaConnection } from '../kafka-connection.js';
import { LogReader } from '../log-reader.js';

/** Every record of a topic as it is now. */
export async function readAll(connection: KafkaConnection, topic: string): Promise<ReceivedRecord[]> {
  const records: ReceivedRecord[] = [];
  const reader = new LogReader(connection, topic, (record) => records.push(record));
  await reader.start();
  await reader.stop();
  return records;
}
