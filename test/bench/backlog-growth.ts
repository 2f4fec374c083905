import { Client } from 'pg';
import type { Bench } from './bench.js';
import type { Figure } from './figure.js';
import { order, waitUntilRouted } from './load.js';
import { spread } from './statistics.js';
import { shardedBurst } from './throughput.js';
import { createWebhooks, deleteWebhooks } from './webhooks.js';

const PENDING = 1_000_000;
const WEBHOOKS = 1000;
const RETRY_AFTER_S = 8;
const RETRIES = 50;
/** Webhooks of one moment reach the router through several partitions. */
const SETTLE_MS = 1000;

/**
 * A million deliveries in the due table, none of them due within hours. Throughput of new events against that without them, and how
 * late a retry leaves: the receiver answers 503 with a `Retry-After` longer than the first delay, so that the retry is due exactly
 * that long after the answer, and the second arrival tells. `ANALYZE` is left to autovacuum, as in production.
 */
export async function backlogGrowth(bench: Bench): Promise<Figure[]> {
  const database = new Client({ connectionString: bench.system.databaseUrl });
  await database.connect();
  try {
    // Code gets faster as it is compiled, which would hide what a backlog costs: the first burst does not count.
    await shardedBurst(bench, bench.deliveries);
    const without = await rates(bench);
    await insertPending(database);
    const withBacklog = await rates(bench);
    const late = await retriesLate(bench);
    return [
      { name: 'none pending', unit: 'deliveries/s', values: without },
      { name: '1,000,000 pending', unit: 'deliveries/s', values: withBacklog },
      {
        name: '1,000,000 pending, throughput',
        unit: '% of none',
        values: [(spread(withBacklog).median / spread(without).median) * 100],
        reach: { atLeast: 90 },
      },
      { name: '1,000,000 pending, a due retry leaves after', unit: 'ms', values: late, reach: { atMost: 2000 } },
      { name: '1,000,000 pending, the last of 50 due retries', unit: 'ms', values: [Math.max(...late)], reach: { atMost: 2000 } },
      { name: '1,000,000 pending, retries missing', unit: '', values: [RETRIES - late.length], reach: { atMost: 0 } },
    ];
  } finally {
    await database.query(`delete from delivery.due where webhook_id like 'wh_bench_%'`);
    await database.end();
  }
}

async function rates(bench: Bench): Promise<number[]> {
  const runs: number[] = [];
  for (let i = 0; i < bench.runs; i++) runs.push((await shardedBurst(bench, bench.deliveries)).deliveriesPerSecond);
  return runs;
}

async function insertPending(database: Client): Promise<void> {
  const eventKey = '00000000-0000-4000-8000-00000000be9c';
  await database.query(
    `insert into delivery.events (key, account_id, id, source, type, time, data)
     values ($1, 'default', 'bench-backlog', '/bench', 'order_created', now()::text, '{}') on conflict do nothing`,
    [eventKey],
  );
  await database.query(
    `insert into delivery.due (delivery_id, webhook_id, event_key, due_at, attempt, wait, parked, trigger, cause, requested_at)
     select 'dlv_bench_' || n, 'wh_bench_' || n % ${WEBHOOKS}, $1, now() + interval '6 hours' + n * interval '1 millisecond',
            2, 1, false, 'retry', 'failed', to_char(now() at time zone 'utc', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')
     from generate_series(1, ${PENDING}) as n`,
    [eventKey],
  );
}

/** Milliseconds between when each retry was due and when it arrived. */
async function retriesLate(bench: Bench): Promise<number[]> {
  const { system, kafka, receiver } = bench;
  const run = bench.tag();
  // A webhook each: failures in a row would open the circuit of one, whose retries then wait for a probe instead of their time.
  const channels = Array.from({ length: RETRIES }, (_, i) => `${run}-${i}`);
  const targets = channels.map((channelId) => ({ url: receiver.url(`/busy/${RETRY_AFTER_S}`), channelId }));
  const webhooks = await createWebhooks(system, run, targets);
  // A probe to any of them would be answered 503 and count as a failure, so one that was created after them tells.
  webhooks.push(...(await createWebhooks(system, bench.tag(), [{ url: receiver.url('/hook'), channelId: `${run}-probe` }])));
  await waitUntilRouted(kafka, receiver, run, [`${run}-probe`], 1);
  await new Promise((resolve) => setTimeout(resolve, SETTLE_MS));
  await receiver.reset();
  const records = channels.map((channel, i) => order(`${run}-${i}`, channel));
  for (const record of records) {
    await kafka.produce('orders', [record]);
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
  await new Promise((resolve) => setTimeout(resolve, (RETRY_AFTER_S + 6) * 1000));
  const { arrivals, repeats } = await receiver.report();
  await deleteWebhooks(system, webhooks);
  return [...repeats].map(([id, again]) => again - arrivals.get(id)! - RETRY_AFTER_S * 1000);
}
