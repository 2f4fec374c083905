import { mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { once } from 'node:events';
import { createServer } from 'node:net';
import { getPriority, tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { eventually } from '#libs/testing';
import { isAlive } from '../../before-build/process-identity.js';
import { freePort, isPortFree } from '../free-port.js';
import { findRunningSystem } from './running-system.js';
import { startSystem, type RunningSystem } from './start-system.js';

const SERVICES = ['subscription-service', 'event-router', 'delivery-service'];
const PROJECTOR = ['subscription-service', 'projector'] as const;

/** Stands for a service: says that it is ready, answers with its environment, appends its end to a file. */
const SERVICE = `
import { appendFileSync } from 'node:fs';
import { createServer } from 'node:http';
const name = import.meta.dirname.split('/').at(-2);
const stop = () => { appendFileSync(process.env.STOPS, name + ' '); process.exit(0); };
process.on('SIGTERM', stop);
process.on('disconnect', stop);
const server = createServer((_, response) => response.end(JSON.stringify(process.env)));
server.listen(name === 'subscription-service' ? Number(process.env.HTTP_PORT) : 0, '127.0.0.1', () => {
  process.send({ kind: 'ready', service: name, port: server.address().port });
});
`;

let folder: string;
let dataDir: string;
let distDir: string;
let stops: string;
const systems: RunningSystem[] = [];

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'hookstream-system-'));
  dataDir = join(folder, 'data');
  distDir = join(folder, 'dist');
  stops = join(folder, 'stops');
  writeFileSync(join(folder, 'package.json'), '{ "type": "module" }');
  for (const name of SERVICES) program(name, SERVICE);
  program(PROJECTOR[0], SERVICE, PROJECTOR[1]);
});

afterEach(async () => {
  for (const system of systems.splice(0)) await system.stop();
  rmSync(folder, { recursive: true, force: true });
});

function program(app: string, code: string, folder = '.'): void {
  const source = join(distDir, 'apps', app, 'src', folder);
  mkdirSync(source, { recursive: true });
  writeFileSync(join(source, 'main.js'), code);
}

async function start(env: NodeJS.ProcessEnv = {}): Promise<RunningSystem> {
  const own = { ...process.env, KAFKA_BROKERS: '', DATABASE_URL: '', STOPS: stops, ...env };
  const system = await startSystem({ dataDir, distDir, ports: 'free', quiet: true, env: own });
  systems.push(system);
  return system;
}

/** A system on a broker and a database that are not its own: faster, where those do not matter. */
async function startServicesOnly(env: NodeJS.ProcessEnv = {}): Promise<RunningSystem> {
  return start({ KAFKA_BROKERS: 'kafka.test:9092', DATABASE_URL: 'postgres://db.test/hooks', ...env });
}

async function environmentOf(system: RunningSystem): Promise<Record<string, string>> {
  return (await fetch(system.httpUrl)).json() as Promise<Record<string, string>>;
}

describe('startSystem', () => {
  it('brings broker, database and services, and stops them in order without a trace', async () => {
    const system = await start();
    const { pids, httpUrl, brokers, databaseUrl } = system;
    expect(Object.keys(pids).sort()).toEqual([
      'delivery-service',
      'event-router',
      'kafka',
      'postgres',
      'projector',
      'subscription-service',
    ]);
    const env = await environmentOf(system);
    expect(env).toMatchObject({
      KAFKA_BROKERS: brokers,
      DATABASE_URL: databaseUrl,
      EGRESS_ALLOWED_CIDRS: '127.0.0.0/8,::1/128',
      LOG_LEVEL: 'info',
    });
    expect(findRunningSystem(dataDir)).toMatchObject({ pid: process.pid, httpUrl, brokers, databaseUrl, adminKey: system.adminKey });

    await system.stop();

    expect(Object.values(pids).filter(isAlive)).toEqual([]);
    const ports = [httpUrl, `tcp://${brokers}`, databaseUrl].map((url) => Number(new URL(url).port));
    expect(await Promise.all(ports.map(isPortFree))).toEqual([true, true, true]);
    expect(readFileSync(stops, 'utf8').trim().split(' ').at(-1)).toBe('delivery-service');
    expect(findRunningSystem(dataDir)).toBeUndefined();
    expect(readdirSync(join(dataDir, 'processes'))).toEqual([]);
  });

  it('makes the keys once, readable by their owner only', async () => {
    const first = await startServicesOnly();
    const keys = (({ HOOKSTREAM_MASTER_KEYS, HOOKSTREAM_ADMIN_KEY }) => ({ HOOKSTREAM_MASTER_KEYS, HOOKSTREAM_ADMIN_KEY }))(
      await environmentOf(first),
    );
    await first.stop();
    const second = await startServicesOnly();
    expect(await environmentOf(second)).toMatchObject(keys);
    expect(keys.HOOKSTREAM_MASTER_KEYS).toMatch(/^k1:[A-Za-z0-9+/]{43}=$/);
    expect(keys.HOOKSTREAM_ADMIN_KEY).toMatch(/^hsk_admin_[A-Za-z0-9_-]{43}$/);
    for (const file of ['master-keys', 'admin-key']) expect(statSync(join(dataDir, file)).mode & 0o777).toBe(0o600);
  });

  it('tells others the admin key of the environment only while it runs', async () => {
    const system = await startServicesOnly({ HOOKSTREAM_ADMIN_KEY: 'hsk_admin_given' });
    expect(findRunningSystem(dataDir)?.adminKey).toBe('hsk_admin_given');
    await system.stop();
    expect(readdirSync(dataDir)).not.toContain('given-admin-key');
  });

  it('lets the history stand back where all want the processors, and no other service', async () => {
    const { pids } = await startServicesOnly();
    const niceness = Object.fromEntries(Object.entries(pids).map(([name, pid]) => [name, getPriority(pid) - getPriority()]));
    expect(niceness).toEqual({ 'subscription-service': 0, 'event-router': 0, 'delivery-service': 0, projector: 10 - getPriority() });
  });

  it('starts a service again that was killed, on the same port', async () => {
    const system = await startServicesOnly();
    const killed = system.pids['subscription-service']!;
    process.kill(killed, 'SIGKILL');
    await eventually(async () => (await environmentOf(system)) && system.pids['subscription-service'] !== killed);
  });

  it('starts the broker and the database again when they are killed', async () => {
    const system = await start();
    const { kafka, postgres } = system.pids;
    process.kill(kafka!, 'SIGKILL');
    process.kill(postgres!, 'SIGKILL');
    await eventually(() => {
      const now = system.pids;
      return now.kafka !== kafka && now.postgres !== postgres && now.kafka && now.postgres;
    });
  });

  it('fails at once over a folder that a running system has, naming its process', async () => {
    await startServicesOnly();
    await expect(startServicesOnly()).rejects.toThrow(`already runs over ${dataDir}: process ${process.pid}`);
  });

  it('takes over the lock of a process that runs no more', async () => {
    mkdirSync(dataDir);
    writeFileSync(join(dataDir, 'lock'), JSON.stringify({ pid: 999_999_999 }));
    await expect(startServicesOnly()).resolves.toBeDefined();
  });

  it('names the variable of a taken port before anything is started', async () => {
    const server = createServer().listen(0, '127.0.0.1');
    await once(server, 'listening');
    const { port } = server.address() as { port: number };
    const doors = { HTTP_PORT: String(port), GRPC_PORT: String(await freePort()) };
    const env = { ...process.env, KAFKA_BROKERS: 'kafka.test:9092', DATABASE_URL: 'postgres://db.test/hooks', ...doors };
    try {
      await expect(startSystem({ dataDir, distDir, quiet: true, env })).rejects.toThrow(
        `port ${port} for the HTTP API is taken by another program. Stop it, or set HTTP_PORT`,
      );
    } finally {
      server.close();
    }
    expect(readdirSync(join(dataDir, 'logs'))).toEqual([]);
  });

  it('gives up at once, with the end of the log, when the configuration of a service is wrong', async () => {
    program('event-router', `console.log('DOMAIN_TOPICS: must name at least one'); process.exit(78);`);
    await expect(startServicesOnly()).rejects.toThrow(
      /event-router ended before it was ready \(its configuration is wrong\)[^]*DOMAIN_TOPICS: must name/,
    );
    expect(await startAgain()).toBe(true);
  });

  it('gives up after three starts of a service that never becomes ready', async () => {
    program('event-router', `import { appendFileSync } from 'node:fs'; appendFileSync(process.env.STOPS, 'try '); process.exit(1);`);
    await expect(startServicesOnly()).rejects.toThrow('event-router ended before it was ready (exit code 1)');
    expect(readFileSync(stops, 'utf8').match(/try/g)).toHaveLength(3);
  });

  async function startAgain(): Promise<boolean> {
    program('event-router', SERVICE);
    return (await startServicesOnly()).pids['event-router']! > 0;
  }
});
