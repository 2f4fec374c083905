import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { encodeDeliveryCommand } from '#libs/contracts';
import { eventually, uniqueName } from '#libs/testing';
import type { TestSystem } from '../e2e/system.js';
import { DueRows } from './due-rows.js';
import type { LoggedRequest } from './endpoints.js';
import { startFaultSystem } from './fault-system.js';
import { FaultRun } from './fault-run.js';
import { SeededRandom, replayable, runSeed } from './seeded-random.js';
import { Trickle } from './trickle.js';

/** Deliveries that wait when the endpoint recovers; 100,000 take some five minutes. */
const PENDING = Number(process.env['HERD_PENDING'] ?? 4000);
const MAX_IN_FLIGHT = 50;
/** What a recovered webhook gets in the end: ten a second for each attempt that it allows at once. */
const FULL_PACE = MAX_IN_FLIGHT * 10;
const BATCH = 10_000;
const WASTED = 200;
const seed = runSeed();
const random = new SeededRandom(seed);

let system: TestSystem;
let due: DueRows;
let run: FaultRun | undefined;

beforeAll(async () => {
  system = await startFaultSystem({ services: ['event-router', 'delivery-service'], env: { RETRY_SCHEDULE: '1h' } });
  due = await DueRows.open(system.databaseUrl);
});

afterAll(async () => {
  await due.close();
  await system.stop();
});

afterEach(() => run?.close());

/** Requests in each second from a moment on. */
function perSecond(requests: readonly LoggedRequest[], from: number): number[] {
  const counts: number[] = [];
  for (const { at } of requests) if (at >= from) counts[Math.floor((at - from) / 1000)] = (counts[Math.floor((at - from) / 1000)] ?? 0) + 1;
  return Array.from(counts, (count) => count ?? 0);
}

describe('an endpoint that was down for long and recovers', () => {
  it(
    `with ${PENDING} deliveries pending gets each of them once, slowly at first, and new events are not behind them`,
    () =>
      replayable(seed, async () => {
        const opened = (run = await FaultRun.open(system, random.between(0, 2 ** 31), {
          extra: [
            { name: 'herd', account: 'herd', events: ['product_created', 'product_updated'], endpoint: 'down', maxInFlight: MAX_IN_FLIGHT },
            { name: 'neighbour', account: 'neighbour', events: ['order_created'] },
          ],
        }));
        const backlog = opened.scenario.eventsOf('herd', 'products', 'product_created', PENDING);
        for (let i = 0; i < PENDING; i += BATCH) await opened.publish(backlog.slice(i, i + BATCH));
        await eventually(async () => (await due.count()) >= PENDING || Promise.reject(new Error(`${await due.count()} wait`)), {
          timeoutMs: 120_000,
          intervalMs: 200,
        });
        const ofHerd = (): LoggedRequest[] => opened.endpoints.log.filter(({ webhook }) => webhook === 'herd');
        const wasted = ofHerd().length;

        const neighbour = new Trickle(opened, 'neighbour');
        await neighbour.arrive(40);
        const recoveredAt = performance.now();
        opened.endpoints.recover('herd');
        await opened.kafka.produce(system.topic('deliveries'), [probeOf(opened.idOf('herd'), opened.scenario.account('herd'))]);
        // New ones, of which the first is the probe.
        const fresh = new Trickle(opened, 'herd', { topic: 'products', type: 'product_updated', everyMs: 100 });
        await eventually(async () => (await due.count()) === 0, { timeoutMs: 30_000 + (PENDING / FULL_PACE) * 2000, intervalMs: 500 });
        const [besides, anew] = [await neighbour.close(), await fresh.close()];
        await opened.verdict();

        const after = ofHerd().filter(({ at }) => at >= recoveredAt);
        const ramp = perSecond(after, after[0]!.at);
        const most = Math.max(...after.map(({ underWay }) => underWay));
        const figures = { pending: PENDING, wasted, ramp, most, besides, anew, seconds: (performance.now() - recoveredAt) / 1000 };
        if (process.env['HERD_PENDING']) process.stdout.write(`${JSON.stringify(figures)}\n`);
        // Attempts spent while it was down: five until the circuit opened, what was under way then, and probes.
        expect(wasted).toBeLessThan(WASTED);
        // No herd: a trickle at first, and never more than it allows at once, nor than its pace on the whole.
        expect(Math.max(...ramp.slice(0, 5))).toBeLessThan(FULL_PACE * 0.3);
        expect(most).toBeLessThanOrEqual(MAX_IN_FLIGHT);
        expect(after.length / ramp.length).toBeLessThan(FULL_PACE * 1.1);
        // Whatever the pace of this machine: what stands behind a backlog waits for half of it in the mean, and for all of it at last.
        const backlogMs = after.at(-1)!.at - after[0]!.at;
        for (const latency of [besides, anew]) {
          expect(latency.p50).toBeLessThan(backlogMs * 0.05);
          expect(latency.p99).toBeLessThan(backlogMs * 0.3);
        }
      }),
    600_000,
  );
});

function probeOf(webhookId: string, accountId: string) {
  const command = {
    webhookId,
    accountId,
    command: 'probe',
    deliveryId: null,
    actor: 'test',
    requestedAt: new Date().toISOString(),
  } as const;
  const { key, value, headers } = encodeDeliveryCommand(command, uniqueName('command'), '/test');
  return { key, value, headers: headers as Record<string, string> };
}
