import { mkdtempSync } from 'node:fs';
import { createServer, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { TestKafka, aWebhook, eventually } from '#libs/testing';
import { EmbeddedKafka } from '../../tools/local-stack/src/index.js';
import type { ServiceProcess } from '../e2e/service-process.js';
import type { TestSystem } from '../e2e/system.js';
import { startFaultSystem } from './fault-system.js';
import { FaultRun } from './fault-run.js';
import { SeededRandom, replayable, runSeed } from './seeded-random.js';
import { stateRecord } from './webhook-states.js';

/** Webhooks of others, so large that reading them takes many fetches. */
const OTHERS = { count: 5000, bytes: 8000 };
const BATCH = 50;
/** The clock of the broker, slowed down. */
const SLOW_MS = { runs: 15, stands: 100 };
const STILL_MS = 1500;
const seed = runSeed();
const random = new SeededRandom(seed);

let broker: EmbeddedKafka;
let system: TestSystem;
let run: FaultRun | undefined;

beforeAll(async () => {
  broker = await EmbeddedKafka.start({ dataDir: mkdtempSync(join(tmpdir(), 'hookstream-invariants-')), port: 0 });
  system = await startFaultSystem({ services: ['event-router', 'delivery-service'], brokers: broker.brokers });
});

afterAll(async () => {
  await system.stop();
  await broker.stop();
  broker.destroy();
});

afterEach(() => run?.close());

/** Starts a service on a broker that stands still once a part of the webhooks is read, and then goes on slowly until it is ready. */
async function startOnASlowView(service: ServiceProcess, watch: () => Promise<void>): Promise<void> {
  const ready = service.start();
  let over = false;
  ready.finally(() => (over = true)).catch(() => undefined);
  try {
    const known = (): Promise<number> => service.metric('hookstream_view_entries', system.topic('webhooks')).catch(() => 0);
    const read = await eventually(async () => (await known()) || undefined, { timeoutMs: 30_000, intervalMs: 1 });
    process.kill(broker.pid, 'SIGSTOP');
    expect(read).toBeLessThan(OTHERS.count);
    for (const until = performance.now() + STILL_MS; performance.now() < until;) await watch();
    while (!over) {
      process.kill(broker.pid, 'SIGCONT');
      await setTimeout(SLOW_MS.runs);
      process.kill(broker.pid, 'SIGSTOP');
      await setTimeout(SLOW_MS.stands);
      await watch();
    }
  } finally {
    process.kill(broker.pid, 'SIGCONT');
  }
  await ready;
  await eventually(() => service.ready());
}

/** Nothing may have been done as long as it is not ready. */
async function idleUntilReady(service: ServiceProcess, work: string): Promise<void> {
  const done = await service.metric(work);
  if (!(await service.ready())) expect(done).toBe(0);
}

describe('a service that has read a part of the webhooks', () => {
  it(
    'is unready, routes and ends nothing, however long that takes, and then serves every webhook',
    () =>
      replayable(seed, async () => {
        await publishOthers();
        // Those of the run come last on the topic: a part of it lacks them.
        const opened = (run = await FaultRun.open(system, random.between(0, 2 ** 31), { brokers: broker.brokers }));
        await system.deliveryService.stop();
        await system.eventRouter.stop();
        await opened.publish(300);

        const router = system.another('event-router', { HEALTH_PORT: await freePort() });
        await startOnASlowView(router, () => idleUntilReady(router, 'hookstream_router_events_total'));
        const delivery = system.another('delivery-service', { HEALTH_PORT: await freePort() });
        await startOnASlowView(delivery, () => idleUntilReady(delivery, 'hookstream_delivery_outcomes_total'));
        expect(await opened.verdict()).toMatchObject({ repeatedRequests: 0, repeatedOutcomes: 0 });
      }),
    120_000,
  );
});

async function publishOthers(): Promise<void> {
  const kafka = new TestKafka([broker.brokers]);
  const headers = { 'X-Text': 'x'.repeat(OTHERS.bytes) };
  const record = () => stateRecord(aWebhook({ accountId: 'others', headers }));
  for (let i = 0; i < OTHERS.count; i += BATCH) await kafka.produce(system.topic('webhooks'), Array.from({ length: BATCH }, record));
  await kafka.close();
}

async function freePort(): Promise<string> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return String(port);
}
