// `npm run bench`: throughput, cost and latency of the whole system on this machine, beside a bare loop.
import { fork } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, writeFileSync } from 'node:fs';
import { cpus, totalmem } from 'node:os';
import { fileURLToPath } from 'node:url';
import { TestKafka } from '#libs/testing';
import { startSystem } from '../../tools/local-stack/src/index.js';
import { latencyRun, type LatencyRun } from './latency.js';
import { BenchReceiver } from './receiver.js';
import { printReport } from './report.js';
import { spread } from './statistics.js';
import { throughputRun, type ThroughputRun } from './throughput.js';

const RUNS = Number(process.env['BENCH_RUNS'] ?? 3);
const DELIVERIES = Number(process.env['BENCH_DELIVERIES'] ?? 20_000);
const DATA_DIR = '.hookstream/bench';

interface BareRun {
  readonly perSecond: number;
  readonly cpuSecondsPer1000: number;
}

async function bareLoop(port: number): Promise<BareRun> {
  const child = fork(fileURLToPath(new URL('./bare-loop.js', import.meta.url)), [String(port), String(DELIVERIES), '1150']);
  const [message] = (await once(child, 'message')) as [BareRun];
  await once(child, 'exit');
  return message;
}

const receiver = await BenchReceiver.start();
const bare: BareRun[] = [];
for (let i = 0; i < RUNS; i++) bare.push(await bareLoop(receiver.port));

const system = await startSystem({ dataDir: DATA_DIR, ports: 'free', quiet: true });
const kafka = new TestKafka(system.brokers.split(','));
const sharded: ThroughputRun[] = [];
const fanOut: ThroughputRun[] = [];
const latency: LatencyRun[] = [];
try {
  const tag = Date.now().toString(36);
  for (let i = 0; i < RUNS; i++) {
    sharded.push(await throughputRun(system, kafka, receiver, `${tag}-s${i}`, 'sharded', DELIVERIES));
    fanOut.push(await throughputRun(system, kafka, receiver, `${tag}-f${i}`, 'fan-out', DELIVERIES));
    latency.push(await latencyRun(system, kafka, receiver, `${tag}-l${i}`, 50, 20));
  }
} finally {
  await kafka.close();
  await system.stop();
  receiver.stop();
}

const result = {
  machine: { cores: cpus().length, model: cpus()[0]?.model, memoryGb: Math.round(totalmem() / 2 ** 30), node: process.version },
  deliveriesPerRun: DELIVERIES,
  bare: { perSecond: spread(bare.map((run) => run.perSecond)), cpuSecondsPer1000: spread(bare.map((run) => run.cpuSecondsPer1000)) },
  sharded,
  fanOut,
  latency,
};
mkdirSync(DATA_DIR, { recursive: true });
writeFileSync(`${DATA_DIR}/results.json`, `${JSON.stringify(result, null, 2)}\n`);
printReport(result, `${DATA_DIR}/results.json`);
