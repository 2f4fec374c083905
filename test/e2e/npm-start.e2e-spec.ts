import { execFileSync } from 'node:child_process';
import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { createServer, connect, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { closeAfterTest, closesResources, eventually } from '#libs/testing';
import { Command } from './command.js';

const START = 'tools/local-stack/src/main.js';
const DEMO = 'tools/demo/main.js';
const READY = 'Admin API key';

let dataDir: string;
let env: NodeJS.ProcessEnv;
let ports: number[];

beforeAll(async () => {
  dataDir = mkdtempSync(join(tmpdir(), 'hookstream-start-'));
  chmodSync(dataDir, 0o755);
  ports = await freePorts(5);
  env = {
    KAFKA_BROKERS: '',
    DATABASE_URL: '',
    HOOKSTREAM_DATA_DIR: dataDir,
    HTTP_PORT: String(ports[0]),
    EMBEDDED_KAFKA_PORT: String(ports[1]),
    EMBEDDED_POSTGRES_PORT: String(ports[2]),
    GRPC_PORT: String(ports[3]),
    MAILBOX_PORT: String(ports[4]),
  };
});

// A test that fails leaves nothing running either.
closesResources();
function run(entry: string): Command {
  const command = Command.run(entry, env);
  closeAfterTest(() => command.end('SIGTERM'));
  return command;
}

afterAll(() => rmSync(dataDir, { recursive: true, force: true }));

async function freePorts(count: number): Promise<number[]> {
  const servers = await Promise.all(
    Array.from({ length: count }, async () => {
      const server = createServer();
      await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
      return server;
    }),
  );
  const found = servers.map((server) => (server.address() as AddressInfo).port);
  await Promise.all(servers.map((server) => new Promise((resolve) => server.close(resolve))));
  return found;
}

function isOpen(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1');
    socket.once('connect', () => {
      socket.destroy();
      resolve(true);
    });
    socket.once('error', () => resolve(false));
  });
}

/** Processes that were started for this data directory: it stands in their command line or environment. */
function leftovers(): string[] {
  const list = execFileSync('ps', ['-eww', '-o', 'pid=,args=', 'e'], { encoding: 'utf8', maxBuffer: 64 * 1024 * 1024 });
  return list.split('\n').filter((line) => line.includes(dataDir) && !line.includes('jest') && !line.includes(' ps -eww'));
}

async function nothingIsLeft(): Promise<void> {
  await eventually(async () => (await Promise.all(ports.map(isOpen))).every((open) => !open));
  await eventually(() => {
    const left = leftovers();
    if (left.length > 0) throw new Error(left.map((line) => line.slice(0, 300)).join('\n'));
    return true;
  });
}

async function api(key: string, method: string, path: string, body?: object): Promise<{ status: number; json: unknown }> {
  const response = await fetch(`http://127.0.0.1:${ports[0]}${path}`, {
    method,
    headers: { authorization: `Bearer ${key}`, ...(body ? { 'content-type': 'application/json' } : {}) },
    ...(body ? { body: JSON.stringify(body) } : {}),
  });
  return { status: response.status, json: await response.json() };
}

const keyIn = (output: string): string => /Admin API key\s+(\S+)/.exec(output)![1]!;

describe('the commands of the project', () => {
  it('demo starts a system of its own, sees every sample delivered once and verified, and leaves nothing running', async () => {
    const demo = run(DEMO);
    expect({ code: await demo.exitCode(), output: demo.output }).toMatchObject({ code: 0, output: expect.stringContaining('demo passed') });
    await nothingIsLeft();
  }, 120_000);

  it('start serves until Ctrl-C, beside it the demo passes, also after a service died, and a second start fails at once, and the webhooks are there at the next start', async () => {
    const first = run(START);
    await first.prints(READY);
    const key = keyIn(first.output);
    const created = await api(key, 'POST', '/v1/webhooks', {
      name: 'Kept',
      url: `http://127.0.0.1:${ports[0]}/nowhere`,
      events: ['user.created'],
    });
    expect(created.status).toBe(201);

    const demoPasses = async (): Promise<void> => {
      const demo = run(DEMO);
      expect({ code: await demo.exitCode(), output: demo.output }).toMatchObject({
        code: 0,
        output: expect.stringContaining('using the system that runs'),
      });
    };
    await demoPasses();
    const router = leftovers().find((line) => line.includes('event-router'))!;
    process.kill(Number(router.trim().split(/\s+/)[0]), 'SIGKILL');
    await first.prints('event-router');
    await eventually(() => leftovers().some((line) => line.includes('event-router') && line !== router), { timeoutMs: 30_000 });
    await demoPasses();

    const second = run(START);
    expect(await second.exitCode()).not.toBe(0);
    expect(second.output).toContain(String(ports[0]));
    expect(second.output).toContain('HTTP_PORT');

    expect(await first.end('SIGINT')).toBe(0);
    await nothingIsLeft();

    const third = run(START);
    await third.prints(READY);
    expect(keyIn(third.output)).toBe(key);
    expect((await api(key, 'GET', '/v1/webhooks')).json).toMatchObject({ data: [{ name: 'Kept' }] });
    expect(await third.end('SIGTERM')).toBe(0);
    await nothingIsLeft();
  }, 240_000);

  it('start recovers after everything was killed with -9, with its data', async () => {
    const first = run(START);
    await first.prints(READY);
    const key = keyIn(first.output);
    const pids = leftovers().map((line) => Number(line.trim().split(/\s+/)[0]));
    expect(pids.length).toBeGreaterThanOrEqual(6);
    for (const pid of pids) {
      try {
        process.kill(pid, 'SIGKILL');
      } catch {
        // A worker of the database ends with its parent.
      }
    }
    await first.exitCode();

    const second = run(START);
    await second.prints(READY, 90_000);
    expect((await api(key, 'GET', '/v1/webhooks')).json).toMatchObject({ data: [{ name: 'Kept' }] });
    expect(await second.end('SIGINT')).toBe(0);
    await nothingIsLeft();
  }, 240_000);
});
