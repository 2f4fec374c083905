import { setTimeout } from 'node:timers/promises';
import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { eventually, uniqueName } from '#libs/testing';
import type { ServiceProcess } from '../e2e/service-process.js';
import type { TestSystem } from '../e2e/system.js';
import { startFaultSystem } from './fault-system.js';
import { FaultRun } from './fault-run.js';
import { ProcessWatch } from './process-watch.js';
import { SeededRandom, replayable, runSeed } from './seeded-random.js';
import type { PlannedEvent } from './scenario.js';
import { Trickle } from './trickle.js';

const WEBHOOKS = 5000;
const COPIES = 100;
/** Of the event that all want: 100 MB of deliveries. */
const BYTES = 20_000;
/** Arrivals of the trickle while the crowd hangs. */
const FLOW = 150;
const STANDS_MS = 750;
/** On a busy machine; the crowd hangs for as long as its attempts may take. */
const PROMPT_MS = 2000;
/** Beside what the process has already. */
const MORE_MB = 300;
/** A tenth of that on an idle machine. */
const LOOP_LAG_MS = 1500;
const seed = runSeed();
const random = new SeededRandom(seed);

let system: TestSystem;
let other: ServiceProcess;
let run: FaultRun | undefined;

beforeAll(async () => {
  system = await startFaultSystem({ services: ['event-router', 'delivery-service'] });
  other = system.another('event-router');
  await other.start();
  // It reads once it is a member of the group.
  await eventually(() => other.ready());
});

afterAll(() => system.stop());

afterEach(() => run?.close());

/** Waits until a number that grows does so no longer. */
async function stands(count: () => number): Promise<void> {
  for (let before = -1; before < 1000 || count() > before;) {
    before = count();
    await setTimeout(STANDS_MS);
  }
}

const residentMb = (): Promise<number[]> =>
  Promise.all(
    [system.eventRouter, system.deliveryService].map(async (service) => (await service.metric('process_resident_memory_bytes')) / 2 ** 20),
  );

describe('one event', () => {
  it(
    'published a hundred times, read by two routers, is delivered once to each webhook',
    () =>
      replayable(seed, async () => {
        const opened = (run = await FaultRun.open(system, random.between(0, 2 ** 31)));
        const events = opened.scenario.events(5);
        await opened.publish(events);
        const copies = Array.from({ length: COPIES - 1 }, () =>
          events.map((event): PlannedEvent => ({ ...event, key: uniqueName('key') })),
        );
        await opened.send(copies.flat());
        await opened.publish(50);
        expect(await opened.verdict()).toMatchObject({ repeatedRequests: 0, repeatedOutcomes: 0 });
        const copiesMet = await Promise.all(
          [system.eventRouter, other].map((router) => router.metric('hookstream_router_events_total', '"repeat"')),
        );
        // Each router drops the copies that it reads; those that the two of them let pass end in the delivery-service.
        expect(Math.min(...copiesMet)).toBeGreaterThan(0);
      }),
    60_000,
  );

  it(
    `that ${WEBHOOKS} webhooks want is delivered to each of them once, within bounds, while another account's events go on`,
    () =>
      replayable(seed, async () => {
        const crowd = Array.from({ length: WEBHOOKS }, (_, i) => ({
          name: `crowd-${i}`,
          account: 'crowd',
          events: ['product_created'],
          endpoint: 'late' as const,
        }));
        const trickle = { name: 'trickle', account: 'trickle', events: ['order_created'] };
        const opened = (run = await FaultRun.open(system, random.between(0, 2 ** 31), { extra: [...crowd, trickle] }));
        const flow = new Trickle(opened, 'trickle');
        await flow.arrive(40);
        const reached = async (): Promise<void> => {
          const missing = (): number => opened.expected.length - opened.endpoints.log.length;
          await eventually(() => missing() <= 100 || Promise.reject(new Error(`${missing()} have not arrived`)), { timeoutMs: 60_000 });
        };
        // None of the crowd answers: it gets the room that one account may have, and the trickle goes on beside it.
        opened.endpoints.holds = ({ webhook }) => webhook.startsWith('crowd');
        await opened.publish(opened.scenario.eventsOf('crowd', 'products', 'product_created', 1));
        await stands(() => opened.endpoints.log.filter(({ webhook }) => webhook.startsWith('crowd')).length);
        flow.measure();
        await flow.arrive(FLOW);
        const latency = await flow.close();
        opened.endpoints.release();
        await reached();

        // Once more, large: what is on its way at once must not depend on how many want it.
        const before = await residentMb();
        const watches = [system.eventRouter, system.deliveryService].map((service) => new ProcessWatch(service));
        await opened.publish(opened.scenario.eventsOf('crowd', 'products', 'product_created', 1, BYTES));
        await reached();
        const peaks = await Promise.all(watches.map((watch) => watch.close()));
        expect(await opened.verdict()).toMatchObject({ repeatedRequests: 0, repeatedOutcomes: 0 });
        expect(latency.p99).toBeLessThan(PROMPT_MS);
        for (const [i, { residentMb, loopLagMs }] of peaks.entries()) {
          expect(residentMb).toBeLessThan(before[i]! + MORE_MB);
          expect(loopLagMs).toBeLessThan(LOOP_LAG_MS);
        }
      }),
    120_000,
  );
});
