import { readFileSync, readdirSync, readlinkSync, rmSync } from 'node:fs';
import { commandOf, isAlive } from '../../before-build/process-identity.js';
import { endProcess } from '../process/server-process.js';
import { clusterFiles } from './database-cluster.js';

/**
 * Makes a cluster startable that a kill left behind. Postgres itself refuses to start while any process has the id in its
 * postmaster.pid, though a stranger may have been given that id since, and while one of its own workers still lives.
 */
export async function clearPostgresLeftover(dataDir: string, log: (line: string) => void): Promise<void> {
  const files = clusterFiles(dataDir);
  const pid = postmasterPid(files.postmasterPid);
  if (pid !== undefined && isAlive(pid) && isPostgresOver(pid, files.cluster)) {
    log(`ending the embedded Postgres (process ${pid}) that an earlier start left running`);
    await endProcess(pid, 'SIGINT', 15_000);
  }
  for (const worker of processesIn(files.cluster)) await endProcess(worker, 'SIGQUIT', 5_000);
  rmSync(files.postmasterPid, { force: true });
}

function postmasterPid(file: string): number | undefined {
  try {
    return Number.parseInt(readFileSync(file, 'utf8'), 10) || undefined;
  } catch {
    return undefined;
  }
}

function isPostgresOver(pid: number, cluster: string): boolean {
  return commandOf(pid).includes(` -D ${cluster} `);
}

/** Postgres' processes all work in their cluster's folder; only Linux tells. */
function processesIn(folder: string): number[] {
  if (process.platform !== 'linux') return [];
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .map(Number)
    .filter((pid) => workingDirectory(pid) === folder && commandOf(pid).startsWith('postgres'));
}

function workingDirectory(pid: number): string | undefined {
  try {
    return readlinkSync(`/proc/${pid}/cwd`);
  } catch {
    return undefined;
  }
}
