// `npm run bench`: the whole system on this machine, beside a bare loop. `npm run bench -- throughput latency` runs those parts only.
import { mkdirSync, writeFileSync } from 'node:fs';
import { cpus, loadavg, totalmem } from 'node:os';
import { TestKafka } from '#libs/testing';
import { startSystem } from '../../tools/local-stack/src/index.js';
import { backlogGrowth } from './backlog-growth.js';
import { bareLoop } from './bare.js';
import type { Bench, Part } from './bench.js';
import { consoleScreens } from './console.js';
import type { Figure } from './figure.js';
import { historyGrowth } from './history-growth.js';
import { historyWrite } from './history-write.js';
import { isolation } from './isolation.js';
import { latency } from './latency.js';
import { management } from './management.js';
import { idleMemory, memory } from './memory.js';
import { BenchReceiver } from './receiver.js';
import { redelivery } from './redelivery.js';
import { asJson, table, type PartResult } from './report.js';
import { slowEndpoints } from './slow-endpoints.js';
import { warmStart } from './start.js';
import { spread } from './statistics.js';
import { testSend } from './test-send.js';
import { throughput } from './throughput.js';
import { webhookGrowth } from './webhook-growth.js';

const PARTS: Readonly<Record<string, Part>> = {
  throughput,
  latency,
  isolation,
  'slow-endpoints': slowEndpoints,
  memory,
  'growth-backlog': backlogGrowth,
  'growth-webhooks': webhookGrowth,
  'test-send': testSend,
  management,
  redelivery,
  'history-write': historyWrite,
  'growth-history': historyGrowth,
  console: consoleScreens,
};
const START = 'start';
const RUNS = Number(process.env['BENCH_RUNS'] ?? 3);
const DELIVERIES = Number(process.env['BENCH_DELIVERIES'] ?? 20_000);
const SOAK_SECONDS = Number(process.env['BENCH_SOAK_SECONDS'] ?? 60);
const DATA_DIR = '.hookstream/bench';
const IDLE_AFTER_MS = 5000;

const names = [...Object.keys(PARTS), START];
/** By name only: 10,000,000 attempts take some 20 GB of disk and a quarter of an hour. */
const ON_REQUEST = ['growth-history'];
const chosen = process.argv.length > 2 ? process.argv.slice(2) : names.filter((name) => !ON_REQUEST.includes(name));
const unknown = chosen.filter((name) => !names.includes(name));
if (unknown.length > 0) {
  process.stderr.write(`no such part: ${unknown.join(', ')}; there are ${names.join(', ')}\n`);
  process.exit(1);
}

const loadBefore = loadavg();
const results: PartResult[] = [];

/** A part that breaks off says so in the report; the others go on. */
async function measure(part: string, work: () => Promise<readonly Figure[]>): Promise<void> {
  process.stdout.write(`${part}…\n`);
  const started = performance.now();
  let outcome: Pick<PartResult, 'figures' | 'fault'>;
  try {
    outcome = { figures: await work() };
  } catch (error) {
    outcome = { figures: [], fault: error instanceof Error ? error.message : String(error) };
  }
  results.push({ part, seconds: (performance.now() - started) / 1000, ...outcome });
}

let tags = 0;

async function inOneSystem(parts: readonly string[]): Promise<void> {
  const wanted = parts.filter((name) => chosen.includes(name));
  if (wanted.length === 0) return;
  const system = await startSystem({ dataDir: DATA_DIR, ports: 'free', quiet: true });
  const kafka = new TestKafka(system.brokers.split(','));
  const tag = (): string => `${Date.now().toString(36)}-${tags++}`;
  const bench: Bench = { system, kafka, receiver, runs: RUNS, deliveries: DELIVERIES, soakSeconds: SOAK_SECONDS, tag };
  try {
    if (wanted.includes('memory')) {
      await new Promise((resolve) => setTimeout(resolve, IDLE_AFTER_MS));
      await measure('memory, idle', async () => idleMemory(bench));
    }
    for (const name of wanted) await measure(name, () => PARTS[name]!(bench));
  } finally {
    await kafka.close();
    await system.stop();
  }
}

const receiver = await BenchReceiver.start();
await measure('bare loop', () => bareLoop(receiver.port, RUNS, DELIVERIES));
// Growth is compared with what a process needs that has done little: what earlier parts left in its memory would hide it.
await inOneSystem([
  'throughput',
  'latency',
  'isolation',
  'slow-endpoints',
  'memory',
  'growth-backlog',
  'test-send',
  'management',
  'redelivery',
]);
await inOneSystem(['history-write']);
await inOneSystem(['growth-webhooks']);
await inOneSystem(['growth-history']);
await inOneSystem(['console']);
receiver.stop();
if (chosen.includes(START)) await measure(START, () => warmStart(`${DATA_DIR}-start`, RUNS));

const barePerSecond = spread(results[0]!.figures[0]?.values ?? []).median;
const machine = { cores: cpus().length, model: cpus()[0]?.model, memoryGb: Math.round(totalmem() / 2 ** 30), node: process.version };
const file = `${DATA_DIR}/results.json`;
mkdirSync(DATA_DIR, { recursive: true });
writeFileSync(
  file,
  `${JSON.stringify({ machine, loadBefore, deliveriesPerRun: DELIVERIES, results: asJson(results, barePerSecond) }, null, 2)}\n`,
);
process.stdout.write(`\n${table(results, barePerSecond)}\n\n`);
process.stdout.write(
  `median (min–max) of the runs; load average before: ${loadBefore.map((load) => load.toFixed(2)).join(' ')}; all in ${file}\n`,
);
