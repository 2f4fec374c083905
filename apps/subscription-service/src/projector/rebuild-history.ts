import 'reflect-metadata';
import { KafkaConnection } from '#libs/messaging';
import { createDataSource, migrate, UnitOfWork } from '#libs/persistence';
import { kafkaSettings } from '#libs/runtime';
import { historyDatabaseOptions } from '../history-schema/index.js';
import { loadHistoryEnv, PROJECTOR } from './config.js';
import { resetConsumerGroup } from './consumer-group.js';
import { PartitionsPgStore } from './partitions.pg-store.js';
import { RebuildPgStore } from './rebuild.pg-store.js';

/** Dropping partitions waits for whoever reads them. */
const STATEMENT_TIMEOUT_MS = 600_000;

const env = loadHistoryEnv();
const say = (msg: string): void => void process.stdout.write(`${JSON.stringify({ level: 'info', msg })}\n`);
const options = {
  ...historyDatabaseOptions(env.DATABASE_URL, `${PROJECTOR}-rebuild`),
  poolSize: 1,
  statementTimeoutMs: STATEMENT_TIMEOUT_MS,
};
await migrate(options);
const source = await createDataSource(options).initialize();
const connection = new KafkaConnection(kafkaSettings(env, PROJECTOR), () => undefined);
try {
  const unitOfWork = new UnitOfWork(source);
  const rebuild = new RebuildPgStore(unitOfWork);
  await rebuild.start(Date.now());
  say('history.dropped');
  await new PartitionsPgStore(unitOfWork, env.HISTORY_RETENTION_DAYS).keep(Date.now());
  await resetConsumerGroup(connection, `${env.TOPIC_PREFIX}.${PROJECTOR}`);
  await rebuild.finish();
  // The projector reads everything again; /readyz and the lag of its group tell how far it is.
  say('history.rebuilding');
} finally {
  await connection.close();
  await source.destroy();
}
