import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import type { TestSystem } from '../e2e/system.js';
import { startFaultSystem } from './fault-system.js';
import { FaultRun } from './fault-run.js';
import { SeededRandom, replayable, runSeed } from './seeded-random.js';

const seed = runSeed();
const random = new SeededRandom(seed);

let system: TestSystem;
let run: FaultRun | undefined;

beforeAll(async () => {
  system = await startFaultSystem();
});

afterAll(() => system.stop());

afterEach(() => run?.close());

describe('SIGTERM under load', () => {
  it.each(['eventRouter', 'deliveryService', 'subscriptionService'] as const)(
    'ends the %s with exit code 0 within 30 s, and nothing is lost or repeated',
    (name) =>
      replayable(seed, async () => {
        const opened = (run = await FaultRun.open(system, random.between(0, 2 ** 31)));
        const service = system[name];
        await opened.underLoad(async () => {
          await opened.requestsReach(random.between(500, 1000));
          const ordered = performance.now();
          expect(await service.stop()).toBe(0);
          expect(performance.now() - ordered).toBeLessThan(30_000);
          await service.start();
        });
        expect(await opened.verdict()).toMatchObject({ repeatedRequests: 0, repeatedOutcomes: 0 });
      }),
    90_000,
  );
});
