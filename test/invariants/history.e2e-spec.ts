import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Client } from 'pg';
import { idTail } from '#libs/kernel';
import { eventually, kafkaBrokers } from '#libs/testing';
import type { TestSystem } from '../e2e/system.js';
import { FaultRun } from './fault-run.js';
import { startFaultSystem } from './fault-system.js';
import { replayable, runSeed } from './seeded-random.js';

/** `HISTORY_RUN_DELIVERIES=50000` for the long run. */
const DELIVERIES = Number(process.env['HISTORY_RUN_DELIVERIES'] ?? 2_000);
const CHUNK = 200;
const PATIENCE_MS = 60_000 + DELIVERIES * 10;
const REBUILD = fileURLToPath(new URL('../../dist/apps/subscription-service/src/projector/rebuild-history.js', import.meta.url));
const seed = runSeed();

let system: TestSystem;
let client: Client;

beforeAll(async () => {
  system = await startFaultSystem({ services: ['event-router', 'delivery-service', 'projector'] });
  client = new Client({ connectionString: system.databaseUrl });
  await client.connect();
}, 120_000);

afterAll(async () => {
  await client.end();
  await system.stop();
}, 60_000);

/** Runs the command as an operator does. */
async function rebuild(): Promise<void> {
  const child = spawn(process.execPath, [REBUILD], {
    env: {
      ...process.env,
      ...{ KAFKA_BROKERS: kafkaBrokers().join(), DATABASE_URL: system.databaseUrl, TOPIC_PREFIX: system.prefix, NODE_OPTIONS: '' },
    },
    stdio: ['ignore', 'inherit', 'inherit'],
  });
  const [code] = (await once(child, 'exit')) as [number | null];
  if (code !== 0) throw new Error(`the rebuild ended with ${code}`);
}

async function one<Row>(sql: string): Promise<Row> {
  return (await client.query(sql)).rows[0] as Row;
}

describe('the history', () => {
  it(
    'whose projector is killed and whose tables are dropped while deliveries go on, is after a rebuild what was delivered',
    () =>
      replayable(seed, async () => {
        const run = await FaultRun.open(system, seed);
        try {
          const publish = async (share: number): Promise<void> => {
            while (run.expected.length < DELIVERIES * share) await run.publish(CHUNK);
          };
          await publish(1 / 3);
          await eventually(async () => (await one<{ n: number }>('select count(*)::int as n from history.attempts')).n > 100, {
            timeoutMs: PATIENCE_MS,
          });
          await system.projector.kill();
          await publish(2 / 3);
          await client.query('drop table history.attempts, history.deliveries, history.stat_buckets, history.projection cascade');
          await system.projector.start();
          await rebuild();
          await publish(1);
          await run.verdict(PATIENCE_MS);
          const ended = new Map(run.outcomes().map(({ delivery, result }) => [delivery, result]));
          const states = async (): Promise<Map<string, string>> => {
            const { rows } = await client.query<{ id: string; state: string }>(
              `select d.id, d.state from history.deliveries as d where d.event_id not like 'probe%' and d.webhook_id = any($1)`,
              [run.scenario.webhooks.map(({ name }) => run.idOf(name))],
            );
            return new Map(rows.map(({ id, state }) => [idTail(id), state]));
          };
          await eventually(
            async () => {
              expect(await lag(run)).toBe(0);
              return true;
            },
            { timeoutMs: PATIENCE_MS, intervalMs: 500 },
          );
          expect(await states()).toEqual(ended);
          const counts = await one<{ attempts: number; counted: number }>(
            `select (select count(*)::int from history.attempts) as attempts,
                    (select sum(succeeded + failed)::int from history.stat_buckets where seconds = 3600 and webhook_id = '') as counted`,
          );
          expect(counts.counted).toBe(counts.attempts);
          // Every request that an endpoint saw is an attempt of the history, and each webhook that got something has its row.
          const seen = new Set(run.endpoints.log.map(({ eventId, webhook, attempt }) => `${eventId} ${run.idOf(webhook)} ${attempt}`));
          const { rows } = await client.query<{ seen: string }>(
            `select a.event_id || ' ' || a.webhook_id || ' ' || a.attempt as seen from history.attempts as a where a.event_id = any($1)`,
            [[...new Set(run.endpoints.log.map(({ eventId }) => eventId))]],
          );
          const stored = new Set(rows.map((row) => row.seen));
          expect([...seen].filter((attempt) => !stored.has(attempt))).toEqual([]);
        } finally {
          await run.close();
        }
      }),
    PATIENCE_MS * 4,
  );
});

async function lag(run: FaultRun): Promise<number> {
  let sum = 0;
  for (const topic of ['deliveries', 'attempts', 'outcomes']) sum += await run.kafka.lag(`${system.prefix}.projector`, system.topic(topic));
  return sum;
}
