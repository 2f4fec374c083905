import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { decodeDeliveryRequested, headerText, isDeliveryCommand, type ReceivedRecord } from '#libs/contracts';
import { eventually } from '#libs/testing';
import { EmbeddedKafka } from '../../tools/local-stack/src/index.js';
import type { TestSystem } from '../e2e/system.js';
import { DueRows } from './due-rows.js';
import { startFaultSystem } from './fault-system.js';
import { FaultRun } from './fault-run.js';
import { SeededRandom, replayable, runSeed } from './seeded-random.js';

const seed = runSeed();
const random = new SeededRandom(seed);

let broker: EmbeddedKafka;
let system: TestSystem;
let due: DueRows;
let run: FaultRun | undefined;

beforeAll(async () => {
  broker = await EmbeddedKafka.start({ dataDir: mkdtempSync(join(tmpdir(), 'hookstream-invariants-')), port: 0 });
  system = await startFaultSystem({ services: ['event-router', 'delivery-service'], brokers: broker.brokers });
  due = await DueRows.open(system.databaseUrl);
});

afterAll(async () => {
  await due.close();
  await system.stop();
  await broker.stop();
  broker.destroy();
});

afterEach(() => run?.close());

/** Whether a record was written by the scheduler: a delivery that has waited in the due table. */
function hasWaited(record: ReceivedRecord): boolean {
  return !isDeliveryCommand(headerText(record.headers, 'ce_type')) && decodeDeliveryRequested(record).wait > 0;
}

describe('kill -9 of the retry scheduler', () => {
  it(
    'before, between and after writing due retries and deleting them, with rows waiting, loses none and ends each delivery once',
    () =>
      replayable(seed, async () => {
        const opened = (run = await FaultRun.open(system, random.between(0, 2 ** 31), {
          endpoints: ['prompt', 'flaky', 'flaky'],
          brokers: broker.brokers,
        }));
        const deliveries = await opened.kafka.follow(system.topic('deliveries'));
        const waited = (): number => deliveries.filter(hasWaited).length;
        await opened.underLoad(async () => {
          await due.gathers(5);
          // The broker stands still: rows are taken, and what they say is not written.
          process.kill(broker.pid, 'SIGSTOP');
          try {
            await due.taken();
            await opened.crash(system.deliveryService);
          } finally {
            process.kill(broker.pid, 'SIGCONT');
          }
          await system.deliveryService.start();

          await due.gathers(5);
          // It is written, and the rows cannot be deleted: exactly between the two.
          await due.freeze();
          const before = waited();
          await eventually(() => waited() > before, { timeoutMs: 30_000, intervalMs: 1 });
          await opened.crash(system.deliveryService);
          await due.thaw();
          expect(await due.count()).toBeGreaterThan(0);
          // Everything that waits becomes due while nobody is there.
          await eventually(async () => (await due.count('due_at > now()')) === 0, { timeoutMs: 10_000 });
          await system.deliveryService.start();

          // Any moment while due retries are handed out.
          const then = waited();
          await eventually(() => waited() > then + random.between(0, 20), { timeoutMs: 30_000, intervalMs: 1 });
          await opened.crash(system.deliveryService);
          await system.deliveryService.start();
        });
        await opened.verdict();
        expect(await due.count()).toBe(0);
      }),
    150_000,
  );
});
