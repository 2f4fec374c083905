import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Client } from 'pg';
import { decodeWebhookEvent, decodeWebhookState, type ReceivedRecord } from '#libs/contracts';
import { TestKafka, closeAfterTest, closesResources, eventually } from '#libs/testing';
import { TestSystem } from '../e2e/system.js';

const WEBHOOKS = 200;
const CHANGES = 10_000;
const KILL_AT = [3_000, 7_000];
const AT_ONCE = 16;
/** The relay takes so many records at a time: as many may be published again after a kill. */
const RELAY_BATCH = 500;

let system: TestSystem;

closesResources();

beforeAll(async () => {
  system = await TestSystem.start({ services: ['subscription-service'], env: { API_RATE_LIMIT_PER_SECOND: '0' } });
});

afterAll(() => system.stop());

/** Changes webhook after webhook, round and round; a call that the killed service cannot answer is made again. */
async function change(ids: readonly string[], made: () => void, take: () => number | undefined): Promise<void> {
  for (let n = take(); n !== undefined; n = take()) {
    const body = { metadata: { change: String(n) } };
    const id = ids[n % ids.length]!;
    await eventually(async () => (await system.request('PATCH', `/v1/webhooks/${id}`, body)).ok, { timeoutMs: 30_000 });
    made();
  }
}

/** The version that every webhook has reached, as the event store says. */
async function versions(): Promise<Map<string, number>> {
  const database = new Client({ connectionString: system.databaseUrl });
  await database.connect();
  try {
    const { rows } = await database.query<{ id: string; version: number }>(
      'select e.stream_id as id, max(e.version) as version from subscription.webhook_events as e group by 1',
    );
    return new Map(rows.map(({ id, version }) => [id, version]));
  } finally {
    await database.end();
  }
}

/** Reads a topic in its order; answers the versions that came first in order, and how often one came again. */
function replay(records: readonly { id: string; version: number }[]) {
  const reached = new Map<string, number>();
  const gaps: string[] = [];
  let repeats = 0;
  for (const { id, version } of records) {
    const before = reached.get(id) ?? 0;
    if (version <= before) repeats++;
    else if (version > before + 1) gaps.push(`${id}: ${version} after ${before}`);
    reached.set(id, Math.max(before, version));
  }
  return { reached, gaps, repeats };
}

describe('a burst of changes, with kill -9 of the service in its middle', () => {
  it('reaches the topics in order for each webhook, and none is lost', async () => {
    const kafka = new TestKafka();
    closeAfterTest(() => kafka.close());
    const ids: string[] = [];
    for (let n = 0; n < WEBHOOKS; n++) {
      ids.push((await system.createWebhook({ name: `burst ${n}`, url: 'http://127.0.0.1:9/', events: ['order_created'] })).id);
    }
    let [next, made] = [0, 0];
    const take = (): number | undefined => (next < CHANGES ? next++ : undefined);
    const killings = (async () => {
      for (const at of KILL_AT) {
        await eventually(() => made >= at, { timeoutMs: 200_000 });
        await system.subscriptionService.kill();
        await system.subscriptionService.start();
      }
    })();
    await Promise.all([killings, ...Array.from({ length: AT_ONCE }, () => change(ids, () => made++, take))]);

    const expected = await versions();
    const events = await kafka.follow(system.topic('webhook-events'));
    const states = await kafka.follow(system.topic('webhooks'));
    const eventsOf = () =>
      replay(events.map((record) => decodeWebhookEvent(record)).map(({ webhookId: id, version }) => ({ id, version })));
    await eventually(() => sameVersions(eventsOf().reached, expected), { timeoutMs: 30_000 });
    await eventually(() => sameVersions(lastStates(states), expected), { timeoutMs: 30_000 });

    const { gaps, repeats } = eventsOf();
    expect(gaps).toEqual([]);
    expect(repeats).toBeLessThanOrEqual(RELAY_BATCH * KILL_AT.length);
    expect([...expected.values()].reduce((sum, version) => sum + version, 0)).toBeGreaterThanOrEqual(WEBHOOKS + CHANGES);
  }, 300_000);
});

function sameVersions(reached: ReadonlyMap<string, number>, expected: ReadonlyMap<string, number>): boolean {
  return [...expected].every(([id, version]) => reached.get(id) === version);
}

/** What a view would hold that takes the last record of each key. */
function lastStates(records: readonly ReceivedRecord[]): Map<string, number> {
  return new Map(records.map((record) => decodeWebhookState(record)).map(({ id, version }) => [id, version]));
}
