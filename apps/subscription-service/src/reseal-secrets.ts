import { createDataSource, migrate, UnitOfWork } from '#libs/persistence';
import { loadAppConfig } from './config.js';
import { databaseOptions } from './database-options.js';
import { resealSecrets } from './webhooks/index.js';

const config = loadAppConfig();
const options = { ...databaseOptions(config.databaseUrl), poolSize: 1 };
await migrate(options);
const source = await createDataSource(options).initialize();
try {
  const { failed, ...resealed } = await resealSecrets(new UnitOfWork(source), config.masterKeys, config.topics.prefix);
  const keyId = config.masterKeys.currentId;
  process.stdout.write(`${JSON.stringify({ level: 'info', msg: 'secrets.resealed', keyId, ...resealed, failed: failed.length })}\n`);
  for (const webhookId of failed) process.stderr.write(`${JSON.stringify({ level: 'error', msg: 'secret.not-resealed', webhookId })}\n`);
  if (failed.length > 0) process.exitCode = 1;
} finally {
  await source.destroy();
}
