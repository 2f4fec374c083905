import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import { logTail, saysDiskFull } from '../process/log-tail.js';
import type { ServerProcess } from '../process/server-process.js';
import { StackError, diskFull } from '../stack-error.js';
import { clusterFiles } from './database-cluster.js';

// Recovery after a kill replays the log since the last checkpoint.
const START_DEADLINE_MS = 120_000;
const SETTINGS: Record<string, string | number> = {
  listen_addresses: '127.0.0.1',
  unix_socket_directories: '',
  password_encryption: 'scram-sha-256',
  timezone: 'UTC',
  log_timezone: 'UTC',
  max_connections: 200,
  shared_buffers: '64MB',
  log_min_messages: 'warning',
  // Statements may hold payloads.
  log_min_error_statement: 'panic',
};

/** Arguments of the server. `durable: false` is for data that a crash of the machine may cost. */
export function serverArguments(cluster: string, port: number, durable: boolean): string[] {
  const settings = { port, ...SETTINGS, ...(durable ? {} : { fsync: 'off', full_page_writes: 'off', synchronous_commit: 'off' }) };
  return ['-D', cluster, ...Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`])];
}

/**
 * Waits until the server answers a query.
 * @throws StackError with the end of its log when it ends instead or takes too long
 */
export async function untilPostgresAnswers(server: ServerProcess, url: string, dataDir: string): Promise<void> {
  const deadline = Date.now() + START_DEADLINE_MS;
  let refusal: unknown;
  while (server.running && Date.now() < deadline) {
    try {
      await query(url, 'SELECT 1');
      if (server.running) return;
    } catch (error) {
      refusal = error;
      if ((error as { code?: string }).code === WRONG_PASSWORD) break;
    }
    await sleep(30);
  }
  throw startFault(server.running, dataDir, refusal);
}

/** Runs one statement on a connection of its own. */
export async function query(url: string, statement: string): Promise<pg.QueryResult> {
  const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: 5_000 });
  // A server that goes away between two statements is the next statement's error.
  client.on('error', () => undefined);
  await client.connect();
  try {
    return await client.query(statement);
  } finally {
    await client.end();
  }
}

const WRONG_PASSWORD = '28P01';

function startFault(stillRunning: boolean, dataDir: string, refusal: unknown): StackError {
  const { output, password } = clusterFiles(dataDir);
  const said = logTail(output);
  if (saysDiskFull(said)) return diskFull(dataDir);
  if ((refusal as { code?: string } | undefined)?.code === WRONG_PASSWORD) {
    return new StackError(
      `the embedded Postgres refuses the password in ${password}: the file is not the one that was made with this data.`,
    );
  }
  const what = stillRunning ? `did not answer within ${START_DEADLINE_MS / 1000} s` : 'ended while it started';
  return new StackError(`the embedded Postgres ${what}. Its log is ${output} and ends with:\n${said}`);
}
