import type { KafkaConnection } from './kafka-connection.js';
import { metrics } from './messaging.metrics.js';
import type { ClientMessage } from './record-adapter.js';

/** Whether a message stands for a batch that readers without a group have to go past; says so aloud. */
export function isUndecodable(connection: KafkaConnection, topic: string, partition: number, message: ClientMessage): boolean {
  if (!message.undecodable) return false;
  metrics.undecodable.inc({ topic });
  connection.log('error', 'batch.undecodable', { topic, partition, lastOffset: message.offset, error: message.undecodable });
  return true;
}
