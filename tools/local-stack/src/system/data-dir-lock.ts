import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { tryLock, unlock } from '../../before-build/lock-file.js';
import { StackError } from '../stack-error.js';
import { systemFiles } from './system-files.js';
import type { SystemSettings } from './system-options.js';
import { takenPorts } from './taken-ports.js';

/** A little more than a stop may take. */
const STOP_PATIENCE_MS = 35_000;

/**
 * Takes the data directory for this process. The lock of a process that runs no more is taken over; one that is just stopping is
 * waited for.
 * @throws StackError naming the process that has it and the ports that this start would need
 */
export async function lockDataDir(settings: SystemSettings, log: (line: string) => void): Promise<void> {
  const { lock, stopping } = systemFiles(settings.dataDir);
  const deadline = Date.now() + STOP_PATIENCE_MS;
  let told = false;
  for (;;) {
    const holder = tryLock(lock);
    if (holder === undefined) {
      rmSync(stopping, { force: true });
      return;
    }
    if (readText(stopping) !== String(holder) || Date.now() > deadline) throw await alreadyRuns(settings, holder);
    if (!told) log(`waiting for process ${holder}, which is stopping…`);
    told = true;
    await sleep(50);
  }
}

/** Says that this process is giving the data directory back. A full disk must not keep anything from stopping. */
export function announceStop(dataDir: string): void {
  try {
    writeFileSync(systemFiles(dataDir).stopping, String(process.pid));
  } catch {
    // Without it another start does not wait but says that this one runs.
  }
}

export function unlockDataDir(dataDir: string): void {
  const { lock, stopping } = systemFiles(dataDir);
  rmSync(stopping, { force: true });
  unlock(lock);
}

async function alreadyRuns(settings: SystemSettings, holder: number): Promise<StackError> {
  const taken = (await takenPorts(settings)).map(({ port, variable }) => `port ${port} (${variable}) is taken`);
  return new StackError(
    [
      `Hookstream already runs over ${settings.dataDir}: process ${holder}.`,
      ...(taken.length > 0 ? [`${taken.join(', ')}.`] : []),
      `Stop it with Ctrl-C in its terminal or "kill ${holder}", or start another one beside it with HOOKSTREAM_DATA_DIR and the port variables set.`,
    ].join('\n'),
  );
}

function readText(path: string): string | undefined {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return undefined;
  }
}
