/* eslint-disable no-console -- a script that prints what it measured */
/**
 * Measures the due table on the database of TEST_DATABASE_URL, with PENDING rows (1,000,000) of later deliveries in it:
 * `node --conditions=source --import ./libs/messaging/src/testing-support/typescript-hooks.mjs apps/delivery-service/src/due/testing-support/measure-due-table.ts`
 */
import 'reflect-metadata';
import { composeId, newId, Secret, SystemClock } from '#libs/kernel';
import { InMemoryPublisher } from '#libs/messaging';
import { aDeliveryRequest, anEvent, createDatabase, eventually } from '#libs/testing';
import type { RetryScheduledV1 } from '#libs/contracts';
import { randomBytes } from 'node:crypto';
import { DueParts } from '../due-parts.js';
import { slowStart } from '../slow-start.js';

const PENDING = Number(process.env['PENDING'] ?? 1_000_000);
const BATCH = Number(process.env['BATCH'] ?? 2000);
const WEBHOOKS = 1000;
const HOUR_MS = 3_600_000;

const data = (bytes: number) => Buffer.from(JSON.stringify({ text: 'x'.repeat(bytes - 11) }));
const kilobyte = data(1024);

function retries(count: number, dueInMs: number, value = kilobyte, shared?: ReturnType<typeof anEvent>): RetryScheduledV1[] {
  const now = Date.now();
  return Array.from({ length: count }, (_, i) => ({
    cause: 'failed' as const,
    dueAt: new Date(now + dueInMs + Math.random() * 1000).toISOString(),
    delivery: aDeliveryRequest({
      deliveryId: composeId('dlv', now, randomBytes(10)),
      webhookId: `wh_01kacf0000aaaaaaaaaaaa${String(i % WEBHOOKS).padStart(4, '0')}`,
      attempt: 2,
      wait: 1,
      trigger: 'retry',
      past: { firstAttemptAt: new Date(now).toISOString(), lastStatusCode: 503, lastErrorClass: 'http_5xx' },
      event: shared ?? anEvent({ id: newId('evt'), data: value }),
    }),
  }));
}

async function seconds(work: () => Promise<unknown>): Promise<number> {
  const began = performance.now();
  await work();
  return (performance.now() - began) / 1000;
}
const median = (values: number[]) => values.sort((a, b) => a - b)[values.length >> 1]!;
const report = (what: string, value: string) => console.log(`${what.padEnd(58)} ${value}`);

const database = await createDatabase();
const parts = new DueParts({
  databaseUrl: new Secret(database.url),
  topics: { deliveries: 'deliveries', outcomes: 'outcomes' },
  pace: { perSecond: 1e9, perWebhook: 1e9 },
  publisher: new InMemoryPublisher(),
  webhooks: { findSoon: () => Promise.resolve(undefined) },
  clock: new SystemClock(),
  log: () => undefined,
});
parts.database.open();
await eventually(() => parts.database.fault === undefined);
const query = <T>(sql: string) => parts.database.bulk((transaction) => transaction.query<T[]>(sql));

async function insertRate(rows: RetryScheduledV1[]): Promise<number> {
  const took = await seconds(async () => {
    for (let i = 0; i < rows.length; i += BATCH) await parts.table.add(rows.slice(i, i + BATCH));
  });
  return rows.length / took;
}

async function claimRate(rows: number): Promise<number> {
  let taken = 0;
  const took = await seconds(async () => {
    while (taken < rows)
      taken += await parts.table.claim({ kind: 'due' }, { rows: 500, bytes: 8_388_608 }, (claimed) =>
        Promise.resolve(claimed.map(({ request }) => request.deliveryId)),
      );
  });
  return taken / took;
}

async function measure(label: string): Promise<void> {
  const runs = 3;
  const [own, shared, claims]: [number[], number[], number[]] = [[], [], []];
  for (let run = 0; run < runs; run++) {
    own.push(await insertRate(retries(20_000, -HOUR_MS)));
    claims.push(await claimRate(20_000));
    shared.push(await insertRate(retries(20_000, -HOUR_MS, kilobyte, anEvent({ data: kilobyte }))));
    await claimRate(20_000);
  }
  report(`${label}: insert, an event of 1 KiB each`, `${Math.round(median(own))} rows/s`);
  report(`${label}: insert, one event for all`, `${Math.round(median(shared))} rows/s`);
  report(`${label}: claim with data + delete`, `${Math.round(median(claims))} rows/s`);
  const polls: number[] = [];
  for (let i = 0; i < 200; i++)
    polls.push(
      1000 * (await seconds(() => parts.table.claim({ kind: 'due' }, { rows: 500, bytes: 8_388_608 }, () => Promise.resolve([])))),
    );
  report(`${label}: empty poll, with its transaction`, `${median(polls).toFixed(2)} ms`);
  const plan = await query<{ 'QUERY PLAN': string }>(
    'explain (analyze) select * from delivery.due where not parked and due_at <= now() order by due_at limit 500 for update skip locked',
  );
  report(
    `${label}: empty poll, in the database`,
    plan.map((line) => line['QUERY PLAN']).find((line) => line.startsWith('Execution'))!,
  );
}

try {
  await measure('empty table');
  const one = anEvent({ data: kilobyte });
  const filled = await seconds(async () => {
    for (let i = 0; i < PENDING; i += 20_000) await insertRate(retries(20_000, HOUR_MS, kilobyte, i % 100_000 === 0 ? undefined : one));
  });
  report(`filling to ${PENDING} pending`, `${Math.round(PENDING / filled)} rows/s, generating them included`);
  await measure(`${PENDING} pending`);
  const sizes = await query<{ name: string; mb: number }>(
    `select c.relname as name, round(pg_total_relation_size(c.oid) / 1e6)::integer as mb from pg_class c
      where c.relnamespace = 'delivery'::regnamespace and c.relkind in ('r', 'i') and relname <> 'migrations' order by 2 desc`,
  );
  for (const { name, mb } of sizes) report(`size of ${name}`, `${mb} MB`);
  const crowd = retries(100_000, HOUR_MS, kilobyte, one).map((retry) => ({
    ...retry,
    delivery: { ...retry.delivery, webhookId: 'wh_crowd' },
  }));
  await insertRate(crowd);
  report('release of 100,000 rows, spread', `${(await seconds(() => parts.rows.spread('wh_crowd', slowStart(500)))).toFixed(2)} s`);
  report('release of 100,000 rows, at once', `${(await seconds(() => parts.rows.release('wh_crowd'))).toFixed(2)} s`);
  report('counting for the metrics', `${((await seconds(() => parts.table.counts())) * 1000).toFixed(0)} ms`);
  report('webhooks of all rows', `${((await seconds(() => parts.rows.webhooks('', 500))) * 1000).toFixed(0)} ms for 500`);
} finally {
  await parts.database.close();
  await database.drop();
}
