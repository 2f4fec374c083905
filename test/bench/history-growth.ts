import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Client } from 'pg';
import { eventually } from '#libs/testing';
import type { Bench } from './bench.js';
import { DatabasePlans } from './database-plans.js';
import { DatabaseTimes } from './database-times.js';
import type { Figure } from './figure.js';
import { emptyHistory, loadHistory } from './history-load.js';
import { call, createWebhooks, deleteWebhooks } from './webhooks.js';

const ATTEMPTS = Number(process.env['BENCH_HISTORY_ATTEMPTS'] ?? 10_000_000);
const WEBHOOKS = 100;
const REACH_MS = 50;
/** After the first one, which reads from the disk what others then find in memory. */
const REPEATS = 5;
const PLANS = 'history-plans.txt';
const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;

interface Page {
  readonly data: readonly { readonly id: string; readonly deliveryId?: string; readonly eventId?: string }[];
}

/** What the console asks of the history, with so many attempts in it; timed in the database, through the API. */
export async function historyGrowth(bench: Bench): Promise<Figure[]> {
  const { system } = bench;
  const client = new Client({ connectionString: system.databaseUrl });
  // A server that stops while this is connected is no fault of its own.
  client.on('error', () => undefined);
  await client.connect();
  const now = Date.now();
  const webhooks: string[] = [];
  try {
    const targets = Array.from({ length: WEBHOOKS }, (_, i) => ({ url: bench.receiver.url('/hook'), channelId: `history-${i}` }));
    webhooks.push(...(await createWebhooks(system, bench.tag(), targets)));
    const started = performance.now();
    await loadHistory(client, webhooks, ATTEMPTS, now, (line) => process.stdout.write(`  ${line}\n`));
    const seconds = (performance.now() - started) / 1000;
    const { rows } = await client.query<{ count: number; bytes: number }>(
      `select (select count(*)::integer from history.attempts) as count, pg_database_size(current_database())::float8 as bytes`,
    );
    const asked = await questions(bench, webhooks, now);
    const times = await timed(bench, asked);
    await explain(bench, asked);
    return [
      { name: 'attempts loaded', unit: '', values: [rows[0]!.count] },
      { name: 'loading', unit: 's', values: [seconds] },
      { name: 'on disk', unit: 'bytes an attempt', values: [rows[0]!.bytes / rows[0]!.count] },
      ...times,
    ];
  } finally {
    await emptyHistory(client);
    await client.end();
    await deleteWebhooks(system, webhooks);
  }
}

async function timed({ system }: Bench, asked: Readonly<Record<string, string>>): Promise<Figure[]> {
  const times = await DatabaseTimes.open(system);
  const figures: Figure[] = [];
  try {
    for (const [name, path] of Object.entries(asked)) {
      const first = await times.of(() => call(system, 'GET', path));
      const values: number[] = [];
      for (let i = 0; i < REPEATS; i++) values.push(await times.of(() => call(system, 'GET', path)));
      // The first one too: pages that nobody has looked at lately are not in memory.
      figures.push({ name: `${name}, in the database`, unit: 'ms', values: [first, ...values], reach: { atMost: REACH_MS } });
    }
  } finally {
    await times.close();
  }
  return figures;
}

/** Writes the plans beside the other results. */
async function explain({ system }: Bench, asked: Readonly<Record<string, string>>): Promise<void> {
  const plans = await DatabasePlans.open(system);
  const found: string[] = [];
  try {
    for (const [name, path] of Object.entries(asked)) {
      // Until the service has new sessions; the first call of one also reads what each has to know of the tables.
      await eventually(() => call(system, 'GET', path).then(() => true));
      found.push(`# ${name}\n${(await plans.of(() => call(system, 'GET', path))).join('\n\n')}\n`);
    }
  } finally {
    await plans.close();
  }
  writeFileSync(join(system.dataDir, PLANS), found.join('\n'));
}

/** Paths by what they ask. Half of all attempts are of the first webhook. */
async function questions({ system }: Bench, webhooks: readonly string[], now: number): Promise<Record<string, string>> {
  const [busy, quiet] = webhooks as [string, string];
  const ago = (days: number): string => new Date(now - days * DAY_MS).toISOString();
  const week = `from=${ago(7)}&to=${ago(6)}`;
  const attempts = (query: string, id = busy): string => `/v1/webhooks/${id}/attempts?limit=50&${query}`;
  const old = await call<Page>(system, 'GET', attempts(`to=${ago(15)}`));
  const [attempt] = old.data as [{ id: string; deliveryId: string; eventId: string }];
  const { nextCursor } = await call<{ nextCursor: string }>(system, 'GET', attempts(`to=${ago(20)}`));
  return {
    'attempts of a busy webhook': attempts(''),
    'attempts of a quiet webhook': attempts('', quiet),
    'attempts, a page far back': attempts(`to=${ago(20)}&cursor=${encodeURIComponent(nextCursor)}`),
    'attempts, failed': attempts('status=failed'),
    'attempts, a type': attempts('event=type_3'),
    'attempts, a rare type': attempts('event=rare_type'),
    'attempts, a code': attempts('code=503'),
    'attempts, a rare code': attempts('code=418'),
    'attempts, a class of codes': attempts('code=4xx'),
    'attempts, no answer': attempts('code=none'),
    'attempts, an error class': attempts('errorClass=timeout'),
    'attempts, a rare error class': attempts('errorClass=tls'),
    'attempts, no connection': attempts('errorClass=dns&errorClass=connect&errorClass=tls&errorClass=reset&errorClass=protocol'),
    'attempts, rare error classes': attempts('errorClass=tls&errorClass=dns'),
    'attempts, redeliveries': attempts('trigger=redelivery'),
    'attempts, tests': attempts('trigger=test'),
    'attempts, a day': attempts(week),
    'attempts, a day, failed, of a type': attempts(`${week}&status=failed&event=type_3`),
    'attempts of an event': attempts(`eventId=${attempt.eventId}`),
    'attempts of a delivery': attempts(`deliveryId=${attempt.deliveryId}`),
    'an attempt': `/v1/attempts/${attempt.id}`,
    deliveries: '/v1/deliveries?limit=50',
    'deliveries, failed': '/v1/deliveries?limit=50&state=failed',
    'deliveries of a webhook, failed': `/v1/deliveries?limit=50&state=failed&webhookId=${busy}`,
    'deliveries, retrying': '/v1/deliveries?limit=50&state=retrying',
    'a delivery': `/v1/deliveries/${attempt.deliveryId}`,
    events: '/v1/events?limit=50',
    'events, a type': '/v1/events?limit=50&type=type_3',
    'an event': `/v1/events/${attempt.eventId}`,
    'the trace of an event': `/v1/events/${attempt.eventId}/trace`,
    'statistics, an hour': '/v1/stats?range=1h',
    'statistics, 24 hours': '/v1/stats?range=24h',
    'statistics, 30 days': '/v1/stats?range=30d',
    'statistics of a webhook, 24 hours': `/v1/stats?range=24h&webhookId=${busy}`,
    'statistics of a webhook, 30 days': `/v1/stats?range=30d&webhookId=${busy}`,
    'the overview': '/v1/stats/overview',
    'the list of webhooks': '/v1/webhooks?limit=100',
    'the catalog with volumes': '/v1/event-types?limit=100',
  };
}
