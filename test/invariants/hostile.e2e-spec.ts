import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { decodeOutcome } from '#libs/contracts';
import { aWebhook, closeAfterTest, closesResources, eventually } from '#libs/testing';
import type { TestSystem } from '../e2e/system.js';
import { startFaultSystem } from './fault-system.js';
import { FaultRun } from './fault-run.js';
import { HostileServer, hostileEndpoints } from './hostile-endpoints.js';
import { ForbiddenListener } from './loopback.js';
import { ProcessWatch } from './process-watch.js';
import { SeededRandom, replayable, runSeed } from './seeded-random.js';
import { Trickle } from './trickle.js';
import { stateRecord } from './webhook-states.js';

const EVENTS = 5;
// Long enough for what ends at once to do so on a machine with much else to do.
const TIMEOUT_MS = 6000;
/** What dozens of hostile answers at once may take beside what the process has. */
const MORE_MB = 120;
/** A receiver that held up others would do so for `TIMEOUT_MS`, time and again. */
const PROMPT_MS = TIMEOUT_MS * 0.75;
const seed = runSeed();
const random = new SeededRandom(seed);

let system: TestSystem;
let run: FaultRun | undefined;

closesResources();

beforeAll(async () => {
  system = await startFaultSystem({ services: ['event-router', 'delivery-service'] });
});

afterAll(() => system.stop());

afterEach(() => run?.close());

describe('every kind of hostile endpoint at once', () => {
  it(
    'ends as the contract says, holds up nobody else, takes no memory and leads nowhere',
    () =>
      replayable(seed, async () => {
        const neighbour = { name: 'neighbour', account: 'neighbour', events: ['order_created'] };
        const opened = (run = await FaultRun.open(system, random.between(0, 2 ** 31), { extra: [neighbour] }));
        const forbidden = await ForbiddenListener.start();
        closeAfterTest(() => forbidden.close());
        const endpoints = hostileEndpoints(forbidden.url('address'));
        const accountId = opened.scenario.account('hostile');
        const namesById = new Map<string, string>();
        for (const endpoint of endpoints) {
          const server = await HostileServer.start(endpoint);
          closeAfterTest(() => server.close());
          const retryPolicy = { scheduleMs: [], finalStatuses: [] };
          const webhook = aWebhook({ accountId, url: server.url, events: ['product_created'], timeoutMs: TIMEOUT_MS, retryPolicy });
          namesById.set(webhook.id, endpoint.name);
          await opened.kafka.produce(system.topic('webhooks'), [stateRecord(webhook)]);
        }
        await system.knows(opened.scenario.webhooks.length + endpoints.length);
        const trickle = new Trickle(opened, 'neighbour');
        await trickle.arrive(40);
        const before = (await system.deliveryService.metric('process_resident_memory_bytes')) / 2 ** 20;
        const watch = new ProcessWatch(system.deliveryService);

        const records = await opened.kafka.follow(system.topic('outcomes'));
        const outcomes = () => records.map(decodeOutcome).filter(({ webhookId }) => namesById.has(webhookId));
        await opened.publish(opened.scenario.eventsOf('hostile', 'products', 'product_created', EVENTS));
        const wanted = EVENTS * endpoints.length;
        await eventually(() => outcomes().length >= wanted || Promise.reject(new Error(`${outcomes().length} of ${wanted} outcomes`)), {
          timeoutMs: 60_000,
        });
        const peaks = await watch.close();
        const latency = await trickle.close();
        await opened.verdict();

        const ends = Map.groupBy(outcomes(), ({ webhookId }) => namesById.get(webhookId)!);
        const seen = Object.fromEntries(
          [...ends].map(([name, all]) => [
            name,
            {
              count: all.length,
              ends: [...new Set(all.map(({ result, lastStatusCode, lastErrorClass }) => `${result} ${lastStatusCode} ${lastErrorClass}`))],
            },
          ]),
        );
        expect(seen).toEqual(
          Object.fromEntries(
            endpoints.map(({ name, ends: { result, lastStatusCode, lastErrorClass } }) => [
              name,
              { count: EVENTS, ends: [`${result} ${lastStatusCode} ${lastErrorClass}`] },
            ]),
          ),
        );
        expect(forbidden.visits).toEqual([]);
        expect(peaks.residentMb).toBeLessThan(before + MORE_MB);
        expect(latency.p99).toBeLessThan(PROMPT_MS);
      }),
    90_000,
  );
});
