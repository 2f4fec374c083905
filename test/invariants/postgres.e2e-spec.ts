import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { eventually } from '#libs/testing';
import { EmbeddedPostgres } from '../../tools/local-stack/src/index.js';
import type { TestSystem } from '../e2e/system.js';
import { startFaultSystem } from './fault-system.js';
import { FaultRun, whatIsSo } from './fault-run.js';
import { SeededRandom, replayable, runSeed } from './seeded-random.js';

const seed = runSeed();
const random = new SeededRandom(seed);
/** What a caller of the API waits for at most while the database is away. */
const AT_ONCE_MS = 3000;

let dataDir: string;
let postgres: EmbeddedPostgres;
let system: TestSystem;
let run: FaultRun | undefined;

beforeAll(async () => {
  dataDir = mkdtempSync(join(tmpdir(), 'hookstream-invariants-'));
  // Under root the database runs as another user, who has to pass through.
  chmodSync(dataDir, 0o711);
  postgres = await EmbeddedPostgres.start({ dataDir: join(dataDir, 'postgres'), port: 0 });
  system = await startFaultSystem({ databaseUrl: await postgres.ensureDatabase('hookstream') });
});

afterAll(async () => {
  await system.stop();
  await postgres.stop();
  rmSync(dataDir, { recursive: true, force: true });
});

afterEach(() => run?.close());

const databaseUsers = () => [system.subscriptionService, system.deliveryService];

/** Asks the API while the database is away: told so at once, and when to come again. */
async function turnsAway(method: string, path: string, body?: object): Promise<void> {
  const asked = performance.now();
  const response = await system.request(method, path, body);
  expect(performance.now() - asked).toBeLessThan(AT_ONCE_MS);
  expect(response.status).toBe(503);
  expect(response.headers.get('retry-after')).not.toBeNull();
  expect(await response.json()).toMatchObject({ status: 503, code: 'DATABASE_UNAVAILABLE' });
}

describe('Postgres, stopped under load and started again', () => {
  it.each([
    ['as by a crash', () => postgres.kill()],
    ['in order', () => postgres.stop()],
  ])(
    '%s: first attempts go on, the API says 503 at once, all come back by themselves, and what failed meanwhile is tried again',
    (_, end) =>
      replayable(seed, async () => {
        const opened = (run = await FaultRun.open(system, random.between(0, 2 ** 31), { endpoints: ['prompt', 'slow', 'flaky'] }));
        const pids = databaseUsers().map(({ pid }) => pid);
        await opened.underLoad(async () => {
          await opened.requestsReach(random.between(300, 600));
          await end();
          await eventually(async () => (await Promise.all(databaseUsers().map((service) => service.ready()))).every((ready) => !ready));
          // All of these are first attempts: none that failed is tried again without the database.
          const [before, failed] = [opened.endpoints.succeeded, opened.endpoints.log.filter(({ status }) => status === 302).length];
          // A few at a time: of a flood, a busy machine hands over what has to wait for the database.
          const done = async (): Promise<boolean> => {
            await opened.publish(20);
            const since = opened.endpoints.succeeded - before;
            return since > 600 || whatIsSo(`${since} succeeded without the database, ${opened.left} are left\n${system.logs()}`);
          };
          await eventually(done, { timeoutMs: 60_000, intervalMs: 200 });
          expect(opened.endpoints.log.filter(({ status }) => status === 302).length).toBeGreaterThan(failed);
          expect(await opened.kafka.lag(`${system.prefix}.delivery-scheduler`, system.topic('retries'))).toBeGreaterThan(0);
          await turnsAway('GET', '/v1/webhooks');
          await turnsAway('POST', '/v1/webhooks', { name: 'late', url: opened.endpoints.url('late'), events: ['*'] });
          await postgres.restart();
          await eventually(async () => (await Promise.all(databaseUsers().map((service) => service.ready()))).every(Boolean), {
            timeoutMs: 30_000,
          });
          expect((await system.request('GET', '/v1/webhooks')).status).toBe(200);
        });
        expect(await opened.verdict()).toMatchObject({ repeatedRequests: 0, repeatedOutcomes: 0 });
        expect(databaseUsers().map(({ pid }) => pid)).toEqual(pids);
      }),
    180_000,
  );
});
