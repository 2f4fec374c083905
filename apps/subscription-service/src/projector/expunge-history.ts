import 'reflect-metadata';
import { parseArgs } from 'node:util';
import { createDataSource, migrate, UnitOfWork } from '#libs/persistence';
import { historyDatabaseOptions } from '../history-schema/index.js';
import { loadHistoryEnv, PROJECTOR } from './config.js';
import { expungeParties } from '../expunge-parties.js';
import { Expunge } from './expunge/expunge.js';
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
const url = loadHistoryEnv().DATABASE_URL;
const applicationName = `${PROJECTOR}-expunge`;
const options = {
  ...historyDatabaseOptions(url, applicationName),
  poolSize: 1,
  statementTimeoutMs: STATEMENT_TIMEOUT_MS,
};
await migrate(options);
const source = await createDataSource(options).initialize();
try {
  const unitOfWork = new UnitOfWork(source);
  const expunge = new Expunge(new ExpungePgStore(unitOfWork), await expungeParties(url, applicationName, unitOfWork));
  const expunged = await expunge.takeOut(await expunge.begin(chosen), Infinity);
  process.stdout.write(`${JSON.stringify({ level: 'info', msg: 'history.expunged', ...expunged })}\n`);
} finally {
  await source.destroy();
}
