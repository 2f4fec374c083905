import { randomBytes } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, readdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { saysDiskFull } from '../process/log-tail.js';
import { run } from '../process/run-command.js';
import { StackError, diskFull } from '../stack-error.js';
import type { PostgresAccount } from './postgres-account.js';
import type { PostgresBinaries } from './postgres-binaries.js';

/** The name of the one role that owns everything. */
export const SUPERUSER = 'postgres';

const INITDB_DEADLINE_MS = 120_000;

/** Where a server keeps what, below its data directory. */
export function clusterFiles(dataDir: string) {
  return {
    cluster: join(dataDir, 'cluster'),
    password: join(dataDir, 'password'),
    record: join(dataDir, 'server.json'),
    output: join(dataDir, 'postgres.log'),
    postmasterPid: join(dataDir, 'cluster', 'postmaster.pid'),
  };
}

/** The environment of Postgres' programs: English messages, nothing of ours. */
export const POSTGRES_ENV: NodeJS.ProcessEnv = { PATH: process.env.PATH, LC_ALL: 'C', TZ: 'UTC' };

/**
 * Makes a new database cluster unless there is one. It is made aside and renamed, so that a kill in the middle leaves nothing half done.
 * @returns the superuser's password, generated with the cluster
 */
export async function ensureCluster(
  dataDir: string,
  binaries: PostgresBinaries,
  account: PostgresAccount,
  options: { durable: boolean },
): Promise<string> {
  const files = clusterFiles(dataDir);
  if (!existsSync(files.cluster)) await initialise(dataDir, binaries, account, options);
  checkVersion(files.cluster);
  return readFileSync(files.password, 'utf8').trim();
}

async function initialise(
  dataDir: string,
  binaries: PostgresBinaries,
  account: PostgresAccount,
  options: { durable: boolean },
): Promise<void> {
  const files = clusterFiles(dataDir);
  for (const name of readdirSync(dataDir)) if (name.startsWith('initdb-')) rmSync(join(dataDir, name), { recursive: true, force: true });
  const draft = join(dataDir, `initdb-${process.pid}`);
  mkdirSync(draft, { mode: 0o700 });
  account.own(draft);
  const password = randomBytes(24).toString('base64url');
  writeFileSync(files.password, `${password}\n`, { mode: 0o600 });
  const passwordForInitdb = join(draft, 'password');
  writeFileSync(passwordForInitdb, `${password}\n`, { mode: 0o600 });
  account.own(passwordForInitdb);

  const cluster = join(draft, 'cluster');
  const args = ['-D', cluster, '-U', SUPERUSER, `--pwfile=${passwordForInitdb}`, '--auth=scram-sha-256', '--encoding=UTF8'];
  // The built-in provider sorts alike on every platform and in every version of the system's libraries.
  args.push('--locale=C', '--locale-provider=builtin', '--builtin-locale=C.UTF-8', '--no-instructions');
  if (!options.durable) args.push('--no-sync');
  const { command, args: wrapped, ...as } = account.wrap([binaries.initdb, ...args]);
  const { code, output } = await run(command, wrapped, { ...as, cwd: draft, env: POSTGRES_ENV, timeoutMs: INITDB_DEADLINE_MS });
  if (code !== 0) {
    rmSync(draft, { recursive: true, force: true });
    if (saysDiskFull(output)) throw diskFull(dataDir);
    throw new StackError(
      `the embedded Postgres could not make its database folder. initdb said:\n${output.trim().split('\n').slice(-12).join('\n')}`,
    );
  }
  renameSync(cluster, files.cluster);
  rmSync(draft, { recursive: true, force: true });
}

function checkVersion(cluster: string): void {
  const version = readFileSync(join(cluster, 'PG_VERSION'), 'utf8').trim();
  if (version !== '18') {
    throw new StackError(
      `the data in ${cluster} is of Postgres ${version}, the embedded one is 18. Move that folder away, or set HOOKSTREAM_DATA_DIR to another one.`,
    );
  }
}
