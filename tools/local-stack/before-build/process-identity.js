// Plain JavaScript without dependencies: also used by tools/bootstrap.mjs, before anything is installed or built.
import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';

/** Whether a process runs under this id. A zombie (ended, not yet reaped by its parent) counts as gone. */
export function isAlive(pid) {
  if (!Number.isInteger(pid) || pid <= 0) return false;
  try {
    process.kill(pid, 0);
  } catch (error) {
    if (error.code !== 'EPERM') return false;
  }
  return statFields(pid)?.[0] !== 'Z';
}

/**
 * A text that differs between two processes that were given the same id one after the other; undefined when it runs
 * no more or when the system does not tell.
 */
export function birthOf(pid) {
  if (!isAlive(pid)) return undefined;
  if (process.platform === 'linux') {
    const startedTicks = statFields(pid)?.[19];
    return startedTicks && `${readText('/proc/sys/kernel/random/boot_id')?.trim() ?? ''}/${startedTicks}`;
  }
  return ps(pid, 'lstart=');
}

/** The command line of a process with blanks between arguments; empty when it runs no more. */
export function commandOf(pid) {
  if (process.platform === 'linux') return (readText(`/proc/${pid}/cmdline`) ?? '').replaceAll('\0', ' ').trim();
  return ps(pid, 'command=') ?? '';
}

/** Whether the process that was recorded with `pid` and `birth` still runs. */
export function stillRuns({ pid, birth }) {
  return isAlive(pid) && (birth === undefined || birthOf(pid) === birth);
}

/** Fields of /proc/<pid>/stat after the command name, which may itself hold blanks and brackets: state first, start time 20th. */
function statFields(pid) {
  const stat = process.platform === 'linux' ? readText(`/proc/${pid}/stat`) : undefined;
  return stat?.slice(stat.lastIndexOf(')') + 2).split(' ');
}

function ps(pid, field) {
  if (process.platform === 'win32') return undefined;
  const output = spawnSync('ps', ['-p', String(pid), '-o', field], { encoding: 'utf8' }).stdout?.trim();
  return output || undefined;
}

function readText(path) {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return undefined;
  }
}
