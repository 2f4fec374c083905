import { createDataSource, migrate, UnitOfWork } from '#libs/persistence';
import { loadAppConfig } from './config.js';
import { databaseOptions } from './database-options.js';
import { rebuildReadModel } from './webhooks/index.js';

/** Longer than the largest rebuild takes: commands on webhooks wait or answer 503 until then. */
const STATEMENT_TIMEOUT_MS = 600_000;

const options = { ...databaseOptions(loadAppConfig().databaseUrl), poolSize: 1, statementTimeoutMs: STATEMENT_TIMEOUT_MS };
await migrate(options);
const source = await createDataSource(options).initialize();
try {
  const webhooks = await rebuildReadModel(new UnitOfWork(source));
  process.stdout.write(`${JSON.stringify({ level: 'info', msg: 'read-model.rebuilt', webhooks })}\n`);
} finally {
  await source.destroy();
}
