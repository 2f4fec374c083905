import { Client } from 'pg';
import type { Bench, BenchSystem } from './bench.js';
import type { Figure } from './figure.js';

const WEBHOOKS = 100_000;
const ACCOUNTS = 10_000;
const CALLS = 30;
const ACCOUNT = 'bench-crowd';

/**
 * What lists, filters, searches and creates take with 100,000 webhooks in one account and 10,000 accounts. Timed are whole calls, so
 * that the time in the database, which is what has a limit, is less. The rows are written straight to the read model: nothing is
 * routed to them.
 */
export async function management({ system }: Bench): Promise<Figure[]> {
  const database = new Client({ connectionString: system.databaseUrl });
  await database.connect();
  try {
    await fill(database);
    const call = await caller(system);
    const figures: Figure[] = [];
    for (const [name, path] of Object.entries(await reads(call))) {
      figures.push({ name, unit: 'ms', values: await timed(() => call('GET', path)), reach: { atMost: 50 } });
    }
    let n = 0;
    const creating = () => call('POST', '/v1/webhooks', { name: `New ${n++}`, url: 'https://example.com/', events: ['*'] });
    figures.push({ name: 'create', unit: 'ms', values: await timed(creating), reach: { atMost: 50 } });
    return figures;
  } finally {
    await database.query(`delete from subscription.webhooks where account_id = '${ACCOUNT}'`);
    await database.query(`delete from subscription.accounts where id like 'bench-%' and id <> '${ACCOUNT}'`);
    await database.end();
  }
}

type Call = (method: string, path: string, body?: object) => Promise<{ nextCursor?: string | null; key?: string }>;

async function reads(call: Call): Promise<Record<string, string>> {
  const list = '/v1/webhooks?limit=50';
  let cursor: string | null | undefined;
  for (let page = 0; page < 20; page++) {
    cursor = (await call('GET', `/v1/webhooks?limit=100${cursor ? `&cursor=${cursor}` : ''}`)).nextCursor;
  }
  return {
    list: list,
    'list, page 21': `/v1/webhooks?limit=100&cursor=${cursor}`,
    'list, a channel of 100': `${list}&channelId=channel-7`,
    'list, disabled, one in ten': `${list}&status=disabled`,
    'list, an event of one in five': `${list}&event=order_created`,
    'list, an event of nobody': `${list}&event=server.deleted`,
    'list, a module of one in five': `${list}&module=tickets`,
    'search, one hit': `${list}&q=webhook%2077777%20`,
    'search, many hits': `${list}&q=receiver-1`,
    'search, no hit': `${list}&q=nothing-like-it`,
    'search, no hit, in a channel': `${list}&channelId=channel-7&q=nothing-like-it`,
    'accounts, list': '/v1/accounts?limit=50',
    'accounts, search, no hit': '/v1/accounts?limit=50&q=nothing-like-it',
  };
}

/** Calls as a key of the crowded account, so that looking up the key is part of each. */
async function caller({ httpUrl, adminKey }: BenchSystem): Promise<Call> {
  const as =
    (key: string): Call =>
    async (method, path, body) => {
      const headers = { authorization: `Bearer ${key}`, ...(body ? { 'content-type': 'application/json' } : {}) };
      const answer = await fetch(httpUrl + path, { method, headers, ...(body ? { body: JSON.stringify(body) } : {}) });
      if (!answer.ok) throw new Error(`${method} ${path} answered ${answer.status}: ${await answer.text()}`);
      return (await answer.json()) as Awaited<ReturnType<Call>>;
    };
  const { key } = await as(adminKey)('POST', `/v1/accounts/${ACCOUNT}/api-keys`, { name: 'bench', scopes: ['admin'] });
  return as(key!);
}

async function fill(database: Client): Promise<void> {
  await database.query(
    `insert into subscription.accounts (id, name, owner_email, roles, created_at, updated_at)
     select case when n = 0 then $1 else 'bench-account-' || n end, 'Account ' || n, null, '{}', now(), now()
       from generate_series(0, $2::int) as n on conflict do nothing`,
    [ACCOUNT, ACCOUNTS - 1],
  );
  await database.query(
    `insert into subscription.webhooks (id, account_id, version, name, url, method, channel_id, events, headers, auth, payload_format,
       signing, secrets, status, notification_type, timeout_ms, created_at, updated_at, search_text)
     select 'wh_' || lpad(n::text, 26, '0'), $1, 1, 'Webhook ' || n || ' of the crowd', 'https://receiver-' || n || '.example.com/hooks/incoming',
       'POST', 'channel-' || n % 1000, case when n % 5 = 0 then '{order_created}' when n % 5 = 1 then '{tickets:*}' else '{product_created,user.created}' end::text[],
       '{}', '{"type":"NONE","credentialsId":null}', 'DEFAULT', false, '[]', case when n % 10 = 0 then 'disabled' else 'enabled' end, 'REST', 15000, now(), now(),
       'webhook ' || n || E' of the crowd\\nhttps://receiver-' || n || '.example.com/hooks/incoming'
       from generate_series(1, $2::int) as n on conflict do nothing`,
    [ACCOUNT, WEBHOOKS],
  );
  await database.query('vacuum analyze subscription.webhooks');
  await database.query('vacuum analyze subscription.accounts');
}

async function timed(work: () => Promise<unknown>): Promise<number[]> {
  await work();
  const times: number[] = [];
  for (let i = 0; i < CALLS; i++) {
    const started = performance.now();
    await work();
    times.push(performance.now() - started);
  }
  return times;
}
