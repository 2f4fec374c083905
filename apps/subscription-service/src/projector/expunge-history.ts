import 'reflect-metadata';
import { parseArgs } from 'node:util';
import { createDataSource, migrate, UnitOfWork } from '#libs/persistence';
import { historyDatabaseOptions } from '../history-schema/index.js';
import { loadHistoryEnv, PROJECTOR } from './config.js';
import { ExpungePgStore } from './expunge/expunge.pg-store.js';
import type { ExpungeSubject } from './expunge/expunge.store.js';

const STATEMENT_TIMEOUT_MS = 600_000;
const USAGE = 'usage: npm run expunge:history -- --account <id> [--event <id> | --webhook <id>]\n';

function subject(): ExpungeSubject | undefined {
  const {
    account: accountId,
    event,
    webhook,
  } = parseArgs({
    options: { account: { type: 'string' }, event: { type: 'string' }, webhook: { type: 'string' } },
  }).values;
  if (!accountId || (event !== undefined && webhook !== undefined)) return undefined;
  if (event !== undefined) return { kind: 'event', accountId, eventId: event };
  return webhook === undefined ? { kind: 'account', accountId } : { kind: 'webhook', accountId, webhookId: webhook };
}

const chosen = subject();
if (!chosen) {
  process.stderr.write(USAGE);
  process.exit(64);
}
const options = {
  ...historyDatabaseOptions(loadHistoryEnv().DATABASE_URL, `${PROJECTOR}-expunge`),
  poolSize: 1,
  statementTimeoutMs: STATEMENT_TIMEOUT_MS,
};
await migrate(options);
const source = await createDataSource(options).initialize();
try {
  const store = new ExpungePgStore(new UnitOfWork(source));
  const expunged = await store.takeOut(await store.begin(chosen), Infinity);
  process.stdout.write(`${JSON.stringify({ level: 'info', msg: 'history.expunged', ...expunged })}\n`);
} finally {
  await source.destroy();
}
