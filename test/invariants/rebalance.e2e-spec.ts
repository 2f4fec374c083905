import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { eventually } from '#libs/testing';
import { TestSystem } from '../e2e/system.js';
import { FaultRun } from './fault-run.js';
import { replayable, runSeed } from './seeded-random.js';

const seed = runSeed();

let system: TestSystem;
let run: FaultRun | undefined;

beforeAll(async () => {
  system = await TestSystem.start({ services: ['event-router', 'delivery-service'] });
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
        });
        // Only past its session does anyone else get its partitions, and do what it left.
        await opened.settled();
        system.deliveryService.thaw();
        await eventually(() => system.deliveryService.ready(), { timeoutMs: 40_000 });
        await opened.publish(200);
        await opened.verdict();
        expect(await other.stop()).toBe(0);
      }),
    120_000,
  );
});
