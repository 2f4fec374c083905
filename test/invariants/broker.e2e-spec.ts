import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { eventually } from '#libs/testing';
import { EmbeddedKafka } from '../../tools/local-stack/src/index.js';
import type { TestSystem } from '../e2e/system.js';
import { startFaultSystem } from './fault-system.js';
import { FaultRun, whatIsSo } from './fault-run.js';
import { SeededRandom, replayable, runSeed } from './seeded-random.js';

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

const ready = async (): Promise<boolean> => (await system.eventRouter.ready()) && (await system.deliveryService.ready());
const unready = async (): Promise<boolean> => !(await system.eventRouter.ready()) && !(await system.deliveryService.ready());

describe('the broker', () => {
  it.each([
    ['killed and started again', () => broker.kill()],
    ['stopped and started again', () => broker.stop()],
  ])(
    '%s: the services are unready, go on by themselves and lose nothing',
    (_, end) =>
      replayable(seed, async () => {
        const opened = (run = await FaultRun.open(system, random.between(0, 2 ** 31), { brokers: broker.brokers }));
        const pids = [system.eventRouter.pid, system.deliveryService.pid];
        await opened.publish(600);
        await opened.requestsReach(random.between(300, 800));
        await end();
        // What was sent and could not be recorded is sent again.
        opened.crashed(1);
        await eventually(unready, { timeoutMs: 30_000 });
        await broker.restart();
        await eventually(async () => (await ready()) || whatIsSo(`${await system.readiness()}\n${system.logs()}`), { timeoutMs: 60_000 });
        await opened.publish(100);
        await opened.verdict();
        expect([system.eventRouter.pid, system.deliveryService.pid]).toEqual(pids);
      }),
    150_000,
  );
});
