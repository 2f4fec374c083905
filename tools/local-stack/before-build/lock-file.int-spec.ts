import { fork } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { birthOf } from './process-identity.js';
import { tryLock, unlock } from './lock-file.js';

const LOCK_FILE = fileURLToPath(new URL('./lock-file.js', import.meta.url));

let folder: string;
let lock: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'hookstream-lock-'));
  lock = join(folder, 'lock');
});

afterEach(() => rmSync(folder, { recursive: true, force: true }));

describe('lock file', () => {
  it('is held by one and named to the next', () => {
    expect(tryLock(lock)).toBeUndefined();
    expect(tryLock(lock)).toBe(process.pid);
    unlock(lock);
    expect(readdirSync(folder)).toEqual([]);
  });

  it('is taken over from a process that runs no more', () => {
    writeFileSync(lock, JSON.stringify({ pid: 999_999_999, birth: 'x' }));
    expect(tryLock(lock)).toBeUndefined();
  });

  it('is taken over when its process id was given to another process since', () => {
    writeFileSync(lock, JSON.stringify({ pid: process.ppid, birth: `not ${birthOf(process.ppid)}` }));
    expect(tryLock(lock)).toBeUndefined();
  });

  it('is taken over when it is unreadable', () => {
    writeFileSync(lock, '{');
    expect(tryLock(lock)).toBeUndefined();
  });

  it('is never left to one process by another', () => {
    writeFileSync(lock, JSON.stringify({ pid: process.ppid, birth: birthOf(process.ppid) }));
    unlock(lock);
    expect(existsSync(lock)).toBe(true);
  });

  it('goes to exactly one of many that find it stale at once', async () => {
    writeFileSync(lock, JSON.stringify({ pid: 999_999_999 }));
    const contender = join(folder, 'contender.mjs');
    writeFileSync(
      contender,
      `import { tryLock } from ${JSON.stringify(LOCK_FILE)};
       process.once('message', () => process.send(tryLock(${JSON.stringify(lock)}) === undefined));
       process.once('disconnect', () => process.exit());
       process.send('here');`,
    );
    const contenders = Array.from({ length: 6 }, () => fork(contender));
    await Promise.all(contenders.map((child) => once(child, 'message')));
    const answers = contenders.map(async (child) => {
      const answer = once(child, 'message');
      child.send('go');
      return ((await answer) as [boolean])[0];
    });
    expect((await Promise.all(answers)).filter((won) => won)).toHaveLength(1);
    for (const child of contenders) child.disconnect();
  });
});
