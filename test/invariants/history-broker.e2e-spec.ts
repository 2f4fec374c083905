import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Client } from 'pg';
import { headerText } from '#libs/contracts';
import { idTail } from '#libs/kernel';
import { eventually } from '#libs/testing';
import { EmbeddedKafka } from '../../tools/local-stack/src/index.js';
import type { TestSystem } from '../e2e/system.js';
import { FaultRun } from './fault-run.js';
import { startFaultSystem } from './fault-system.js';
import { replayable, runSeed } from './seeded-random.js';

const TOPICS = ['deliveries', 'attempts', 'outcomes'];
const seed = runSeed();

let broker: EmbeddedKafka;
let system: TestSystem;
let client: Client;

beforeAll(async () => {
  broker = await EmbeddedKafka.start({ dataDir: mkdtempSync(join(tmpdir(), 'hookstream-history-broker-')), port: 0 });
  system = await startFaultSystem({ services: ['event-router', 'delivery-service', 'projector'], brokers: broker.brokers });
  client = new Client({ connectionString: system.databaseUrl });
  await client.connect();
}, 120_000);

afterAll(async () => {
  await client.end();
  await system.stop();
  await broker.stop();
  broker.destroy();
}, 60_000);

async function stored(): Promise<number> {
  const { rows } = await client.query<{ n: number }>('select count(*)::int as n from history.attempts');
  return rows[0]!.n;
}

const shownLag = (): Promise<number> => system.projector.metric('hookstream_history_lag_records');

describe('the history', () => {
  it(
    'whose broker is killed between what it stores and the commit of it, shows its lag, holds up no delivery, and has everything once',
    () =>
      replayable(seed, async () => {
        const run = await FaultRun.open(system, seed, { brokers: broker.brokers });
        try {
          const attempts = await run.kafka.follow(system.topic('attempts'));
          const { pid } = system.projector;
          // From here on the projector reads, and waits with what it has read.
          await client.query('begin');
          await client.query('select from history.projection as p for update');
          await run.publish(600);
          // All ends and is committed meanwhile, so that the broker's end explains no repeat.
          await run.settled();
          await eventually(async () => (await shownLag()) > 300, { timeoutMs: 20_000, intervalMs: 250 });
          const before = await stored();
          await broker.kill();
          await client.query('commit');
          await eventually(async () => (await stored()) > before && !(await system.projector.ready()), { timeoutMs: 30_000 });
          await broker.restart();
          await eventually(async () => (await system.projector.ready()) && (await system.deliveryService.ready()), { timeoutMs: 60_000 });
          await run.publish(100);
          await run.verdict();
          await eventually(
            async () => {
              for (const topic of TOPICS) expect(await run.kafka.lag(`${system.prefix}.projector`, system.topic(topic))).toBe(0);
              return true;
            },
            { timeoutMs: 30_000, intervalMs: 250 },
          );
          const { rows } = await client.query<{ id: string }>('select a.id from history.attempts as a');
          const told = new Set(attempts.map(({ headers }) => headerText(headers, 'ce_id')!));
          expect(new Set(rows.map(({ id }) => id))).toEqual(told);
          const { rows: sums } = await client.query<{ seconds: number; counted: number }>(
            `select s.seconds, sum(s.succeeded + s.failed)::int as counted from history.stat_buckets as s
              where s.webhook_id = '' group by s.seconds order by s.seconds`,
          );
          expect(sums).toEqual([60, 3_600].map((seconds) => ({ seconds, counted: told.size })));
          const { rows: states } = await client.query<{ id: string; state: string }>(
            'select d.id, d.state from history.deliveries as d where d.webhook_id = any($1)',
            [run.scenario.webhooks.map(({ name }) => run.idOf(name))],
          );
          const stateOf = new Map(states.map(({ id, state }) => [idTail(id), state]));
          expect(run.outcomes().filter(({ delivery, result }) => stateOf.get(delivery) !== result)).toEqual([]);
          await eventually(async () => (await shownLag()) === 0, { timeoutMs: 20_000, intervalMs: 250 });
          expect(system.projector.pid).toBe(pid);
        } finally {
          await run.close();
        }
      }),
    180_000,
  );
});
