import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { eventually } from '#libs/testing';
import { isAlive } from '../../before-build/process-identity.js';
import { isPortFree } from '../free-port.js';
import { projectRoot } from '../project-root.js';
import { query } from '../postgres/postgres-start.js';
import { startSystem } from './start-system.js';

const COMPILED = join(projectRoot(), 'dist', 'tools', 'local-stack', 'src', 'index.js');

/** Stands for a service that never notices that its launcher is gone. */
const DEAF_SERVICE = `
import { createServer } from 'node:http';
const server = createServer().listen(0, '127.0.0.1', () => process.send({ kind: 'ready', port: server.address().port }));
process.on('disconnect', () => undefined);
setTimeout(() => process.exit(), 120_000);
`;

let folder: string;
let launcher: ChildProcess | undefined;

beforeEach(() => {
  if (!existsSync(COMPILED)) throw new Error('the local stack is not built: run npm test, which builds first');
  folder = mkdtempSync(join(tmpdir(), 'hookstream-launcher-'));
  writeFileSync(join(folder, 'package.json'), '{ "type": "module" }');
  for (const source of ['subscription-service/src', 'subscription-service/src/projector', 'event-router/src', 'delivery-service/src']) {
    mkdirSync(join(folder, 'dist', 'apps', source), { recursive: true });
    writeFileSync(join(folder, 'dist', 'apps', source, 'main.js'), DEAF_SERVICE);
  }
});

afterEach(() => {
  launcher?.kill('SIGKILL');
  rmSync(folder, { recursive: true, force: true });
});

interface Launched {
  readonly pids: Record<string, number>;
  readonly databaseUrl: string;
  readonly brokers: string;
}

const options = (): object => ({ dataDir: join(folder, 'data'), distDir: join(folder, 'dist'), ports: 'free', quiet: true });

/** Starts a system in a process of its own, which can be killed without killing the test. */
async function launch(): Promise<Launched> {
  const script = join(folder, 'launcher.mjs');
  const ready = join(folder, 'ready.json');
  writeFileSync(
    script,
    `import { startSystem } from ${JSON.stringify(COMPILED)};
     import { renameSync, writeFileSync } from 'node:fs';
     const { pids, databaseUrl, brokers } = await startSystem(${JSON.stringify(options())});
     writeFileSync(${JSON.stringify(`${ready}.draft`)}, JSON.stringify({ pids, databaseUrl, brokers }));
     renameSync(${JSON.stringify(`${ready}.draft`)}, ${JSON.stringify(ready)});`,
  );
  launcher = spawn(process.execPath, [script], { stdio: 'inherit', env: { ...process.env, KAFKA_BROKERS: '', DATABASE_URL: '' } });
  await eventually(() => existsSync(ready), { timeoutMs: 50_000 });
  return JSON.parse(readFileSync(ready, 'utf8')) as Launched;
}

describe('a killed launcher', () => {
  it('leaves nothing that keeps the next start from finding the data, and no former process outlives that start', async () => {
    const former = await launch();
    await query(former.databaseUrl, 'CREATE TABLE kept AS SELECT 42 AS answer');
    launcher!.kill('SIGKILL');
    await once(launcher!, 'exit');

    const env = { ...process.env, KAFKA_BROKERS: '', DATABASE_URL: '' };
    const system = await startSystem({ ...options(), env });
    try {
      expect(Object.values(former.pids).filter(isAlive)).toEqual([]);
      const { rows } = await query(system.databaseUrl, 'SELECT answer FROM kept');
      expect(rows).toEqual([{ answer: 42 }]);
    } finally {
      await system.stop();
    }
    expect(await isPortFree(Number(former.brokers.split(':')[1]))).toBe(true);
  });
});
