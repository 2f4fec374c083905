import { fork, type ChildProcess } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { Client } from 'pg';
import { newId } from '#libs/kernel';
import type { Bench } from './bench.js';
import type { Figure } from './figure.js';
import { type DeliveryRecords, deliveryRecords } from './history-records.js';
import { cpuSeconds, residentMb, treeCpuSeconds } from './process-cpu.js';

const WEBHOOKS = 10;
const PARTITIONS = 4;
const CHUNK = 1_000;
const DEADLINE_MS = 300_000;
const PROJECTOR = fileURLToPath(new URL('../../apps/subscription-service/src/projector/main.js', import.meta.url));
const NODE_FLAGS = ['--max-semi-space-size=8', '--heap-growing-percent=60'];
const TOPICS = ['deliveries', 'attempts', 'outcomes'] as const;

interface Run {
  readonly perSecond: number;
  readonly cpuPer1000: number;
  readonly postgresCpuPer1000: number;
  readonly residentMb: number;
  readonly bytesPerAttempt: number;
  readonly missing: number;
}

/**
 * A projector that has fallen behind: of each delivery the request, one attempt and the outcome lie on topics of its own, 1 KiB
 * of data, ten webhooks, and it stores them into a database of its own, on the broker and the Postgres of the system, whose
 * services are idle. Timed from the first to the last attempt that is stored. Each event goes to one webhook (`sharded`: every
 * attempt has a body of its own) or to all ten (`fan-out`: they share it).
 */
export async function historyWrite(bench: Bench): Promise<Figure[]> {
  const sharded: Run[] = [];
  const fanOut: Run[] = [];
  for (let i = 0; i < bench.runs; i++) {
    sharded.push(await run(bench, 1));
    fanOut.push(await run(bench, WEBHOOKS));
  }
  return [...figures('sharded', sharded), ...figures('fan-out', fanOut)];
}

function figures(mode: string, runs: readonly Run[]): Figure[] {
  const of = (pick: (run: Run) => number): number[] => runs.map(pick);
  return [
    { name: `${mode}`, unit: 'attempts/s', values: of(({ perSecond }) => perSecond), reach: { atLeast: 5_000 } },
    { name: `${mode}, projector`, unit: 'CPU s per 1,000', values: of(({ cpuPer1000 }) => cpuPer1000) },
    { name: `${mode}, Postgres`, unit: 'CPU s per 1,000', values: of(({ postgresCpuPer1000 }) => postgresCpuPer1000) },
    { name: `${mode}, projector, resident`, unit: 'MB', values: of((one) => one.residentMb) },
    { name: `${mode}, on disk`, unit: 'bytes an attempt', values: of(({ bytesPerAttempt }) => bytesPerAttempt) },
    { name: `${mode}, attempts missing`, unit: '', values: of(({ missing }) => missing), reach: { atMost: 0 } },
  ];
}

async function run(bench: Bench, perEvent: number): Promise<Run> {
  const { system, kafka, deliveries } = bench;
  const prefix = `bench-history-${bench.tag()}`;
  const name = prefix.replaceAll('-', '_');
  await onDatabase(system.databaseUrl, (client) => client.query(`create database "${name}"`));
  const url = new URL(system.databaseUrl);
  url.pathname = `/${name}`;
  for (const topic of [...TOPICS, 'endpoint-health', 'dead-letters'])
    await kafka.createTopic(`${prefix}.${topic}`, { partitions: PARTITIONS });
  for (const chunk of chunks(deliveries, perEvent))
    for (const topic of TOPICS)
      await kafka.produce(
        `${prefix}.${topic}`,
        chunk.map((records) => messageOf(records[topic])),
      );
  let projector: ChildProcess | undefined;
  try {
    projector = fork(PROJECTOR, [], {
      execArgv: NODE_FLAGS,
      env: {
        ...{ PATH: process.env['PATH'], KAFKA_BROKERS: system.brokers, DATABASE_URL: url.href, TOPIC_PREFIX: prefix, LOG_LEVEL: 'warn' },
        ...{ HEALTH_PORT: '0', HOOKSTREAM_MASTER_KEYS: `bench:${Buffer.alloc(32, 1).toString('base64')}` },
      },
    });
    const port = await new Promise<number>((resolve, reject) => {
      projector!.once('exit', (code) => reject(new Error(`the projector ended with ${code}`)));
      projector!.once('message', (message) => resolve((message as { port: number }).port));
    });
    return await measured(system, projector.pid!, port, url.href, deliveries);
  } finally {
    projector?.kill('SIGKILL');
    await onDatabase(system.databaseUrl, (client) => client.query(`drop database if exists "${name}" with (force)`));
  }
}

async function measured(system: Bench['system'], pid: number, port: number, url: string, count: number): Promise<Run> {
  const stored = async (): Promise<number> => {
    const text = await (await fetch(`http://127.0.0.1:${port}/metrics`)).text();
    return Number(/^hookstream_history_records_total\{kind="attempted"\} (\S+)/m.exec(text)?.[1] ?? 0);
  };
  const until = async (reached: number): Promise<{ at: number; cpu: number; postgres: number; stored: number }> => {
    for (const deadline = performance.now() + DEADLINE_MS; ;) {
      const now = await stored();
      if (now >= reached)
        return { at: performance.now(), cpu: cpuSeconds(pid), postgres: treeCpuSeconds(system.pids['postgres'] ?? 0), stored: now };
      if (performance.now() > deadline) throw new Error(`${count - now} attempts are not stored after ${DEADLINE_MS / 1000} s`);
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
  };
  const first = await until(1);
  const last = await until(count);
  const resident = residentMb(pid);
  const [size] = await onDatabase(url, async (client) => {
    const { rows } = await client.query<{ attempts: number; bytes: number }>(
      `select (select count(*)::integer from history.attempts) as attempts, pg_database_size(current_database())::float8 as bytes`,
    );
    return rows;
  });
  const perThousand = (seconds: number): number => (seconds * 1000) / (last.stored - first.stored);
  return {
    perSecond: ((last.stored - first.stored) * 1000) / (last.at - first.at),
    cpuPer1000: perThousand(last.cpu - first.cpu),
    postgresCpuPer1000: perThousand(last.postgres - first.postgres),
    residentMb: resident,
    bytesPerAttempt: size!.bytes / count,
    missing: count - size!.attempts,
  };
}

function* chunks(count: number, perEvent: number): Generator<DeliveryRecords[]> {
  const webhooks = Array.from({ length: WEBHOOKS }, () => newId('wh'));
  let eventId = '';
  for (let from = 0; from < count; from += CHUNK)
    yield Array.from({ length: Math.min(CHUNK, count - from) }, (_, i) => {
      if ((from + i) % perEvent === 0) eventId = newId('evt');
      return deliveryRecords(eventId, webhooks[(from + i) % WEBHOOKS]!, Date.now());
    });
}

function messageOf({ key, value, headers }: DeliveryRecords['attempts']) {
  return { key: key ?? null, value, headers: headers as Record<string, string | Buffer> };
}

async function onDatabase<T>(url: string, work: (client: Client) => Promise<T>): Promise<T> {
  const client = new Client({ connectionString: url });
  await client.connect();
  try {
    return await work(client);
  } finally {
    await client.end();
  }
}
