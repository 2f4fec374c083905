import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { eventually } from '#libs/testing';
import type { ServiceProcess } from '../e2e/service-process.js';
import type { TestSystem } from '../e2e/system.js';
import { startFaultSystem } from './fault-system.js';
import { FaultRun } from './fault-run.js';
import { replayable, runSeed } from './seeded-random.js';

const seed = runSeed();

/** What one delivery-service has under way at the pace of a run, and what ended since its last commit. */
const UNDER_WAY = 500;
/** Of the records that it had fetched: a part of the window of one partition. Fencing that fails hands all of it in again, and more. */
const FETCHED = 1_500;

let system: TestSystem;
let run: FaultRun | undefined;

beforeAll(async () => {
  system = await startFaultSystem({ services: ['event-router', 'delivery-service'] });
});

afterAll(() => system.stop());

afterEach(() => run?.close());

describe('rebalances', () => {
  it(
    'from one to three delivery-services and back, twice, lose nothing and repeat nothing',
    () =>
      replayable(seed, async () => {
        const opened = (run = await FaultRun.open(system, seed));
        await opened.underLoad(async () => {
          for (let round = 0; round < 2; round++) {
            const others = [system.another('delivery-service'), system.another('delivery-service')];
            for (const other of others) {
              const before = opened.requests;
              await other.start();
              await opened.requestsReach(before + 300);
            }
            for (const other of others) {
              const before = opened.requests;
              expect(await other.stop()).toBe(0);
              await opened.requestsReach(before + 300);
            }
          }
        });
        expect(await opened.verdict()).toMatchObject({ repeatedRequests: 0, repeatedOutcomes: 0 });
      }),
    120_000,
  );

  it(
    'take over what a frozen delivery-service left, and what it does when it goes on is fenced',
    () =>
      replayable(seed, async () => {
        const opened = (run = await FaultRun.open(system, seed + 1));
        const other = system.another('delivery-service');
        await other.start();
        await opened.underLoad(async () => {
          await opened.requestsReach(500);
          // What it has under way is answered while it is frozen, so that late results wait for it when it goes on.
          const before = opened.requests;
          opened.endpoints.holds = () => true;
          await opened.requestsReach(before + 20);
          system.deliveryService.freeze();
          opened.crashed(1);
          opened.endpoints.release();
          // Only past its session does anyone else get its partitions, and do what it left; it goes on while they are at it.
          await opened.requestsReach(opened.requests + 1000);
          system.deliveryService.thaw();
          await eventually(() => system.deliveryService.ready(), { timeoutMs: 40_000 });
          await opened.requestsReach(opened.requests + 500);
        });
        const { repeatedRequests } = await opened.verdict();
        expect(repeatedRequests).toBeLessThan(UNDER_WAY);
        // The topics tell a new owner what was done, which would hide that it begins far behind what was committed.
        expect(await handedInAgain(system.deliveryService)).toBeLessThan(FETCHED);
        expect(await other.stop()).toBe(0);
      }),
    120_000,
  );
});

/** Records that a service was handed although what they ask for had been done. */
async function handedInAgain(service: ServiceProcess): Promise<number> {
  const metrics = await (await fetch(`http://127.0.0.1:${service.port}/metrics`)).text();
  const counts = metrics.matchAll(/^hookstream_records_handled_total\{[^}]*delivery-service[^}]*outcome="skip:[^}]*\} (\d+)$/gm);
  return [...counts].reduce((sum, [, count]) => sum + Number(count), 0);
}
