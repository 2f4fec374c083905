import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { ServiceLog } from './service-log.js';

let folder: string;
let path: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'hookstream-log-'));
  path = join(folder, 'logs', 'service.log');
});

afterEach(() => rmSync(folder, { recursive: true, force: true }));

function opened(print?: (line: string) => void): ServiceLog {
  const log = new ServiceLog(path, print);
  log.open();
  return log;
}

describe('ServiceLog', () => {
  it('begins anew at each start and keeps the former file', () => {
    opened().write(Buffer.from('first\n'));
    opened().write(Buffer.from('second\n'));
    expect([readFileSync(path, 'utf8'), readFileSync(`${path}.1`, 'utf8')]).toEqual(['second\n', 'first\n']);
  });

  it('keeps at most two files of 20 MB', () => {
    const log = opened();
    const chunk = Buffer.alloc(7 * 1024 * 1024, 'x');
    for (let i = 0; i < 8; i += 1) log.write(chunk);
    expect([readFileSync(path).length, readFileSync(`${path}.1`).length]).toEqual([2 * chunk.length, 3 * chunk.length]);
    expect(existsSync(`${path}.2`)).toBe(false);
  });

  it('prints whole lines only', () => {
    const lines: string[] = [];
    const log = opened((line) => lines.push(line));
    log.write(Buffer.from('one\ntw'));
    log.write(Buffer.from('o\nthr'));
    expect(lines).toEqual(['one', 'two']);
  });

  it('loses lines rather than failing when they cannot be written', () => {
    const log = opened();
    rmSync(join(folder, 'logs'), { recursive: true });
    expect(() => log.write(Buffer.from('lost\n'))).not.toThrow();
  });
});
