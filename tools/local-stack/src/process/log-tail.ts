import { closeSync, fstatSync, openSync, readSync } from 'node:fs';

/** The last lines of a log file; empty when it cannot be read. */
export function logTail(path: string, lines = 20, maxBytes = 16_384): string {
  let file: number;
  try {
    file = openSync(path, 'r');
  } catch {
    return '';
  }
  try {
    const { size } = fstatSync(file);
    const from = Math.max(0, size - maxBytes);
    const bytes = Buffer.alloc(size - from);
    readSync(file, bytes, 0, bytes.length, from);
    return bytes.toString('utf8').trimEnd().split('\n').slice(-lines).join('\n');
  } finally {
    closeSync(file);
  }
}

/** Whether a program's own words say that the disk is full. */
export function saysDiskFull(log: string): boolean {
  return /no space left on device|disk quota exceeded/i.test(log);
}
