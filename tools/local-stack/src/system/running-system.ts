import { readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { birthOf, stillRuns } from '../../before-build/process-identity.js';
import { systemFiles } from './system-files.js';
import { dataFolder } from './system-options.js';

/** A system that another process of this machine runs. */
export interface FoundSystem {
  readonly pid: number;
  readonly httpUrl: string;
  /** `host:port` of the gRPC API. */
  readonly grpcAddress: string;
  /** Bootstrap servers, comma-separated. */
  readonly brokers: string;
  readonly databaseUrl: string;
  readonly adminKey: string;
}

interface RunningFile {
  readonly pid: number;
  readonly birth?: string | undefined;
  readonly httpUrl: string;
  readonly grpcAddress: string;
  readonly kafkaBrokers: string;
  readonly databaseUrl: string;
  readonly adminKeyFile: string;
}

/** Tells other commands over the same data directory where the system is that this process runs. */
export function announceRunning(dataDir: string, system: Omit<RunningFile, 'pid' | 'birth'>): void {
  const { running } = systemFiles(dataDir);
  const content: RunningFile = { pid: process.pid, birth: birthOf(process.pid), ...system };
  writeFileSync(`${running}.draft`, `${JSON.stringify(content, undefined, 2)}\n`, { mode: 0o600 });
  renameSync(`${running}.draft`, running);
}

export function withdrawRunning(dataDir: string): void {
  const { running, givenAdminKey } = systemFiles(dataDir);
  rmSync(running, { force: true });
  rmSync(givenAdminKey, { force: true });
}

/** The system that runs over this data directory, ready for use; undefined when none does. */
export function findRunningSystem(dataDir?: string): FoundSystem | undefined {
  try {
    const found = JSON.parse(readFileSync(systemFiles(dataFolder(dataDir)).running, 'utf8')) as RunningFile;
    if (!stillRuns(found)) return undefined;
    const { pid, httpUrl, grpcAddress, kafkaBrokers, databaseUrl, adminKeyFile } = found;
    return { pid, httpUrl, grpcAddress, brokers: kafkaBrokers, databaseUrl, adminKey: readFileSync(adminKeyFile, 'utf8').trim() };
  } catch {
    return undefined;
  }
}
