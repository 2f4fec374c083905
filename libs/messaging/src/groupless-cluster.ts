import Cluster from 'kafkajs/src/cluster/index.js';
import socketFactory from 'kafkajs/src/network/socketFactory.js';
import { clientConfig } from './kafka-client.js';
import type { KafkaConnection } from './kafka-connection.js';

export const METADATA_MS = 60_000;
export const READ_UNCOMMITTED = 0;
const DISCONNECT_MS = 3_000;

/** kafkajs' own view of the brokers, for readers without a group: its consumer knows groups only. */
export function grouplessCluster(connection: KafkaConnection): Cluster {
  const { settings, log } = connection;
  const { logLevel: _level, logCreator: _creator, ...config } = clientConfig(settings, log);
  return new Cluster({
    ...config,
    socketFactory: socketFactory(),
    logger: connection.clientLogger(),
    metadataMaxAge: METADATA_MS,
    allowAutoTopicCreation: false,
    maxInFlightRequests: null,
    isolationLevel: READ_UNCOMMITTED,
    enforceRequestTimeout: true,
  });
}

/** Resolves after a bound, too: a broker that does not answer must not hold the caller up. */
export async function disconnect(cluster: Cluster): Promise<void> {
  let timer: NodeJS.Timeout | undefined;
  const bound = new Promise<void>((resolve) => (timer = setTimeout(resolve, DISCONNECT_MS)));
  await Promise.race([cluster.disconnect().catch(() => undefined), bound]);
  clearTimeout(timer);
}
