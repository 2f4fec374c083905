import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { isAlive } from '../before-build/process-identity.js';
import { EmbeddedPostgres } from './embedded-postgres.js';
import { isPortFree } from './free-port.js';
import { query } from './postgres/postgres-start.js';

let closed: string;
let dataDir: string;
let postgres: EmbeddedPostgres;

beforeEach(async () => {
  // Closed to everyone else, as a clone below root's home is.
  closed = mkdtempSync(join(tmpdir(), 'hookstream-postgres-'));
  chmodSync(closed, 0o700);
  dataDir = join(closed, 'data');
  mkdirSync(dataDir);
  postgres = await EmbeddedPostgres.start({ dataDir, port: 0 });
});

afterEach(async () => {
  await postgres.stop();
  rmSync(closed, { recursive: true, force: true });
});

async function keepARow(): Promise<void> {
  await query(postgres.url, 'CREATE TABLE kept AS SELECT 42 AS answer');
}

async function keptRows(): Promise<readonly unknown[]> {
  const { rows } = await query(postgres.url, 'SELECT answer FROM kept');
  return rows as unknown[];
}

const port = (): number => Number(new URL(postgres.url).port);

describe('EmbeddedPostgres', () => {
  it('keeps rows over a kill, on the same port', async () => {
    await keepARow();
    const { url, pid } = postgres;
    await postgres.kill();
    expect(isAlive(pid)).toBe(false);
    await postgres.restart();
    expect(postgres.url).toBe(url);
    expect(await keptRows()).toEqual([{ answer: 42 }]);
  });

  it('keeps rows and password over a stop and a new start over the same folder', async () => {
    await keepARow();
    const { url } = postgres;
    await postgres.stop();
    postgres = await EmbeddedPostgres.start({ dataDir, port: 0 });
    expect(postgres.url).toBe(url);
    expect(await keptRows()).toEqual([{ answer: 42 }]);
  });

  it('makes a database once', async () => {
    const first = await postgres.ensureDatabase('some "name"');
    const second = await postgres.ensureDatabase('some "name"');
    expect(second).toBe(first);
    expect((await query(first, 'SELECT current_database() AS name')).rows).toEqual([{ name: 'some "name"' }]);
  });

  it('refuses a wrong password and keeps its own to its owner', async () => {
    const wrong = new URL(postgres.url);
    wrong.password = 'wrong';
    await expect(query(wrong.href, 'SELECT 1')).rejects.toThrow('password authentication failed');
    expect(statSync(join(dataDir, 'password')).mode & 0o777).toBe(0o600);
  });

  it('leaves no process and no open port when stopped, though a client is connected', async () => {
    const { pid } = postgres;
    const waiting = query(postgres.url, 'SELECT pg_sleep(60)').catch((error: Error) => error);
    const taken = port();
    await postgres.stop();
    expect(isAlive(pid)).toBe(false);
    expect(await isPortFree(taken)).toBe(true);
    expect(await waiting).toBeInstanceOf(Error);
  });

  it('refuses a second start over the same folder, naming the process', async () => {
    await expect(EmbeddedPostgres.start({ dataDir, port: 0 })).rejects.toThrow(`process ${postgres.pid}`);
  });

  it('names the port when another program has it', async () => {
    await postgres.stop();
    const server = createServer().listen(0, '127.0.0.1');
    await once(server, 'listening');
    const taken = (server.address() as { port: number }).port;
    try {
      await expect(EmbeddedPostgres.start({ dataDir, port: taken })).rejects.toThrow(`port ${taken} for the embedded Postgres is taken`);
    } finally {
      server.close();
    }
  });

  it('starts though the process id in its stale postmaster.pid is a stranger by now', async () => {
    await keepARow();
    const pidFile = join(dataDir, 'cluster', 'postmaster.pid');
    const former = readFileSync(pidFile, 'utf8');
    await postgres.kill();
    const stranger = spawn('sleep', ['60']);
    writeFileSync(pidFile, former.replace(/^\d+/, String(stranger.pid)));
    await postgres.restart();
    expect(await keptRows()).toEqual([{ answer: 42 }]);
    expect(isAlive(stranger.pid!)).toBe(true);
    stranger.kill();
  });

  it('ends the server that a dead launcher left behind', async () => {
    await keepARow();
    const { pid } = postgres;
    const file = join(dataDir, 'server.json');
    const record = JSON.parse(readFileSync(file, 'utf8')) as { owner: { pid: number } };
    record.owner.pid = 999_999_999;
    writeFileSync(file, JSON.stringify(record));
    postgres = await EmbeddedPostgres.start({ dataDir, port: 0 });
    expect(isAlive(pid)).toBe(false);
    expect(await keptRows()).toEqual([{ answer: 42 }]);
  });
});
