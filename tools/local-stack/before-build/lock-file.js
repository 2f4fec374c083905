// Plain JavaScript without dependencies: also used by tools/bootstrap.mjs, before anything is installed or built.
import { linkSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { birthOf, stillRuns } from './process-identity.js';

let serial = 0;

/**
 * Takes the lock for this process. A lock whose holder runs no more is taken over.
 * @returns the pid that holds it, or undefined when this process has it now
 */
export function tryLock(path) {
  mkdirSync(dirname(path), { recursive: true });
  if (claim(path)) return undefined;
  const holder = readHolder(path);
  if (holder && stillRuns(holder)) return holder.pid;
  return takeOver(path);
}

/** Takes the lock, waiting for as long as another running process holds it; `onWait` is told once whom it waits for. */
export async function waitForLock(path, onWait) {
  let told = false;
  for (;;) {
    const holder = tryLock(path);
    if (holder === undefined) return;
    if (!told) onWait?.(holder);
    told = true;
    await sleep(100);
  }
}

/** Gives the lock back; one that another process holds is left alone. */
export function unlock(path) {
  if (readHolder(path)?.pid === process.pid) rmSync(path, { force: true });
}

/** Who holds the lock, if anyone wrote one; not whether that process still runs. */
export function readHolder(path) {
  try {
    return JSON.parse(readFileSync(path, 'utf8'));
  } catch {
    return undefined;
  }
}

/** A link appears with its content or not at all, so that nobody ever reads a lock half written. */
function claim(path) {
  const draft = `${path}.${process.pid}.${(serial += 1)}`;
  writeFileSync(draft, JSON.stringify({ pid: process.pid, birth: birthOf(process.pid) }), { mode: 0o600 });
  try {
    linkSync(draft, path);
    return true;
  } catch (error) {
    if (error.code === 'EEXIST') return false;
    throw error;
  } finally {
    rmSync(draft, { force: true });
  }
}

/** Only the holder of a second lock may remove a stale one: else two could each remove the other's fresh lock. */
function takeOver(path) {
  const guard = `${path}.takeover`;
  if (!claim(guard)) {
    const other = readHolder(guard);
    if (other && stillRuns(other)) return other.pid;
    rmSync(guard, { force: true });
    return takeOver(path);
  }
  try {
    const holder = readHolder(path);
    if (holder && stillRuns(holder)) return holder.pid;
    rmSync(path, { force: true });
    return claim(path) ? undefined : (readHolder(path)?.pid ?? 0);
  } finally {
    rmSync(guard, { force: true });
  }
}
