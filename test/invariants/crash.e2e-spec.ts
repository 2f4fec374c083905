import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import type { TestSystem } from '../e2e/system.js';
import { startFaultSystem } from './fault-system.js';
import type { LoggedRequest } from './endpoints.js';
import { FaultRun } from './fault-run.js';
import { SeededRandom, replayable, runSeed } from './seeded-random.js';

const seed = runSeed();
const random = new SeededRandom(seed);

let system: TestSystem;
let run: FaultRun | undefined;

beforeAll(async () => {
  system = await startFaultSystem({ services: ['event-router', 'delivery-service'] });
});

afterAll(() => system.stop());

afterEach(() => run?.close());

beforeEach(() => system.revive(system.eventRouter, system.deliveryService));

/** Keeps the system busy while `breakIt` ends a service and starts it again, then lets the oracle judge. */
function survives(breakIt: (run: FaultRun, moment: number) => Promise<void>): Promise<void> {
  return replayable(seed, async () => {
    const opened = (run = await FaultRun.open(system, random.between(0, 2 ** 31)));
    // Late enough that a service that never commits repeats more than a crash explains.
    await opened.underLoad(() => breakIt(opened, random.between(2000, 3000)));
    await opened.verdict();
  });
}

describe('kill -9', () => {
  it('of the event-router in the middle of a fan-out loses nothing and repeats nothing', async () => {
    await survives(async (run, moment) => {
      await run.requestsReach(moment);
      await run.crash(system.eventRouter);
      await system.eventRouter.start();
    });
  }, 120_000);

  it('of the delivery-service while requests are under way loses nothing and repeats what was in flight', async () => {
    await survives(async (run, moment) => {
      await run.requestsReach(moment);
      const before = run.requests;
      run.endpoints.holds = () => true;
      await run.requestsReach(before + 10);
      await run.crash(system.deliveryService);
      run.endpoints.release();
      await system.deliveryService.start();
    });
  }, 120_000);

  it('of the delivery-service after a 2xx and before its outcome gives that delivery one outcome all the same', async () => {
    await survives(async (run, moment) => {
      const killed = new Promise<LoggedRequest>((resolve) => {
        run.endpoints.onSuccess = (request) => {
          if (run.requests < moment) return;
          run.endpoints.onSuccess = () => undefined;
          void run.crash(system.deliveryService).then(() => resolve(request));
        };
      });
      const { eventId, webhook } = await killed;
      expect(run.outcomes().some((outcome) => outcome.eventId === eventId && outcome.webhook === webhook)).toBe(false);
      await system.deliveryService.start();
    });
  }, 120_000);

  it('of the delivery-service after an outcome and before the commit gives no second, different outcome', async () => {
    await survives(async (run, moment) => {
      await run.outcomesReach(moment);
      await run.crash(system.deliveryService);
      expect(await run.uncommitted()).toBeGreaterThan(0);
      await system.deliveryService.start();
    });
  }, 120_000);
});
