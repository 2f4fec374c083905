import type { Client } from 'pg';

const DAY_MS = 86_400_000;
const ATTEMPTS_A_DELIVERY = 2.05;
const DAYS = 30;
const TYPES = 10;
/** One delivery in so many is of a type, has a code or an error class, that nothing else has. */
const RARE = 100_000;

const ID_DIGITS = "'0123456789abcdefghjkmnpqrstvwxyz'";
/** The ten characters of time of an id, of an expression in milliseconds. */
const head = (ms: string): string =>
  Array.from({ length: 10 }, (_, i) => `substr(${ID_DIGITS}, ((${ms}) >> ${5 * (9 - i)} & 31)::integer + 1, 1)`).join(' || ');

const DETAIL = JSON.stringify({
  error: null,
  request: {
    method: 'POST',
    url: 'https://receiver.example/hooks/orders',
    headers: {
      'content-type': 'application/json',
      'user-agent': 'Hookstream/0.1.0',
      'webhook-signature': 'v1,MEUCIQDx3Yk1b0bK1J8m8o1v8nVt9v1d0jSVKpsn3sQn',
    },
  },
  response: { status: 200, headers: { date: 'Sat, 21 Nov 2026 10:00:00 GMT' }, body: 'ok', truncated: false },
  timings: { dns: null, connect: 1, tls: null, firstByte: 10, total: 12 },
  resolvedAddress: '192.0.2.10',
});
const DATA = JSON.stringify({ orderId: 'ord_7Q2M4XN9', note: 'x'.repeat(260) });

/**
 * Writes a history of 30 days straight into its tables. Half of all goes to the first webhook. Each event goes to two. Of ten
 * deliveries, six succeed at once, two or three with the second attempt, some with the third, and one fails after eight.
 * @param attempts how many, roughly
 * @param now milliseconds since the epoch
 */
export async function loadHistory(
  client: Client,
  webhooks: readonly string[],
  attempts: number,
  now: number,
  said: (line: string) => void,
): Promise<void> {
  const deliveries = Math.ceil(attempts / ATTEMPTS_A_DELIVERY / DAYS);
  const first = Math.floor(now / DAY_MS) * DAY_MS - (DAYS - 1) * DAY_MS;
  await client.query(`set synchronous_commit = off; set work_mem = '128MB'; select setseed(0.42)`);
  for (let day = 0; day < DAYS; day++) {
    const from = first + day * DAY_MS;
    const span = Math.min(now - from, DAY_MS);
    await planDay(client, webhooks, deliveries, from, span);
    for (const statement of [EVENTS, BODIES, DELIVERIES, ATTEMPTS, ...[60, 3600].map(statistics), TYPE_DAYS]) await client.query(statement);
    said(`day ${day + 1} of ${DAYS} is loaded`);
  }
  await client.query(ACTIVITY);
  await client.query('drop table planned, tried');
  await client.query('vacuum (analyze) history.attempts, history.deliveries, history.events, history.bodies, history.stat_buckets');
}

export async function emptyHistory(client: Client): Promise<void> {
  await client.query(
    'truncate history.attempts, history.deliveries, history.events, history.bodies, history.stat_buckets, history.event_type_days, history.webhook_activity',
  );
}

async function planDay(client: Client, webhooks: readonly string[], deliveries: number, from: number, span: number): Promise<void> {
  await client.query('drop table if exists planned, tried');
  await client.query(
    `create temp table planned as
     select p.*, ${head('p.ms')} as hd from (
       select i, (${from}::bigint + (i / 2)::bigint * 2 * ${span} / ${deliveries})::bigint as ms, md5('${from}.' || i / 2) as event, md5('${from}.' || i) as h,
              (array[${webhooks.map((id) => `'${id}'`).join()}])[case when random() < 0.5 then 1 else 2 + floor(random() * ${webhooks.length - 1})::integer end] as webhook,
              case when i % ${RARE} < 2 then 'rare_type' else 'type_' || (i / 2) % ${TYPES} end as type,
              case when r < 0.6 then 1 when r < 0.85 then 2 when r < 0.9 then 3 else 8 end as attempts, r >= 0.9 as fails, random() < 0.0001 as test
         from generate_series(0, ${deliveries} - 1) as i, lateral (select random() + 0 * i as r) as r) as p`,
  );
  await client.query(
    `create temp table tried as
     select t.*, ${head('t.at')} as ahd,
            case when t.ok then 200 when t.x < 0.5 then 500 when t.x < 0.75 then 503 when t.x < 0.86 then 404 when t.x < 0.86005 then 418 end as code,
            case when t.ok then null when t.x < 0.75 then 'http_5xx' when t.x < 0.86005 then 'http_4xx' when t.x < 0.99 then 'timeout'
                 when t.x < 0.9999 then 'connect' else 'tls' end as error
       from (select p.*, n, p.ms + (n - 1) * 60000 as at, n = p.attempts and not p.fails as ok, random() as x,
                    (4 + 400 * power(random(), 6))::integer as took, md5(p.h || n) as ah
               from planned as p, generate_series(1, p.attempts) as n) as t`,
  );
}

const EVENT_KEY = "'ev_' || hd || event";
const EVENTS = `insert into history.events (key, account_id, source, event_id, event_type, event_time, data, redacted)
  select distinct on (${EVENT_KEY}) ${EVENT_KEY}, 'default', '/bench', 'evt_' || hd || substr(event, 1, 16), type,
         to_char(to_timestamp(ms / 1000.0) at time zone 'utc', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"'), '${DATA}'::bytea, false from planned`;
const BODIES = `insert into history.bodies (key, account_id, event_id, body)
  select distinct on ('bd_' || hd || event) 'bd_' || hd || event, 'default', 'evt_' || hd || substr(event, 1, 16), '${DATA}'::bytea from planned`;
const DELIVERIES = `insert into history.deliveries (id, webhook_id, account_id, event_id, event_type, test, event_key, requested_at, first_attempt_at,
    last_attempt, last_attempt_status, last_status_code, last_error_class, outcome, outcome_attempts, outcome_at, total_ms)
  select 'dlv_' || hd || substr(h, 1, 16), webhook, 'default', 'evt_' || hd || substr(event, 1, 16), type, test, ${EVENT_KEY},
         to_timestamp(ms / 1000.0), to_timestamp(ms / 1000.0), attempts, case when fails then 'failed' else 'succeeded' end,
         case when fails then 500 else 200 end, case when fails then 'http_5xx' end, case when fails then 'failed' else 'succeeded' end, attempts,
         to_timestamp(ms / 1000.0), (attempts - 1) * 60000 + 10 from planned order by i`;
const ATTEMPTS = `insert into history.attempts (id, delivery_id, webhook_id, account_id, event_id, event_type, attempt, trigger, status, status_code,
    error_class, circuit, attempted_at, next_attempt_at, duration_ms, body_key, detail)
  select 'att_' || ahd || substr(ah, 1, 16), 'dlv_' || hd || substr(h, 1, 16), webhook, 'default', 'evt_' || hd || substr(event, 1, 16), type, n,
         case when test then 'test' when n > 1 then 'retry' when x < 0.0005 then 'redelivery' else 'event' end,
         case when ok then 'succeeded' else 'failed' end, code, error, 'closed', to_timestamp(at / 1000.0),
         case when n < attempts then to_timestamp(at / 1000.0 + 60) end, took, 'bd_' || hd || event, '${DETAIL}'
    from tried order by at`;

/** By webhook and, once more, for the account. */
const statistics = (seconds: number): string => {
  const codes = [1, 2, 3, 4, 5].map((family) => `count(*) filter (where code / 100 = ${family})`);
  const errors = ['dns', 'connect', 'tls', 'timeout', 'reset', 'http_3xx', 'http_4xx', 'http_5xx', 'policy', 'protocol'];
  const between = (low: number, high: number): string => `(count(*) filter (where took > ${low} and took <= ${high}))::integer`;
  return `insert into history.stat_buckets as s (account_id, webhook_id, seconds, start, succeeded, failed, codes, errors, latency, duration_ms, deliveries)
    select 'default', coalesce(webhook, ''), ${seconds}, date_bin('${seconds} seconds', to_timestamp(at / 1000.0), timestamptz 'epoch') as start,
           count(*) filter (where ok), count(*) filter (where not ok), array[${codes.join()}, count(*) filter (where code is null)]::integer[],
           array[${errors.map((name) => `count(*) filter (where error = '${name}')`).join()}]::integer[],
           array_fill(0, array[4]) || ${between(0, 5)} || array_fill(0, array[2]) || ${between(5, 13)} || array_fill(0, array[6]) || ${between(13, 100)}
             || array_fill(0, array[4]) || ${between(100, 500)} || array_fill(0, array[16]), sum(took), count(*) filter (where n = 1)
      from tried where not test group by grouping sets ((webhook, start), (start))
        on conflict (account_id, webhook_id, seconds, start) do update set succeeded = s.succeeded + excluded.succeeded, failed = s.failed + excluded.failed, deliveries = s.deliveries + excluded.deliveries`;
};
const TYPE_DAYS = `insert into history.event_type_days as c (account_id, event_type, day, events)
  select 'default', type, (to_timestamp(ms / 1000.0) at time zone 'utc')::date, count(distinct event) from planned where not test group by 2, 3
      on conflict (account_id, event_type, day) do update set events = c.events + excluded.events`;
const ACTIVITY = `insert into history.webhook_activity (webhook_id, account_id, attempt_id, delivery_id, event_id, event_type, attempted_at, status, status_code)
  select w.id, a.account_id, a.id, a.delivery_id, a.event_id, a.event_type, a.attempted_at, a.status, a.status_code
    from (select distinct webhook as id from planned) as w,
         lateral (select * from history.attempts as a where a.webhook_id = w.id order by a.id desc limit 1) as a
      on conflict (webhook_id) do nothing`;
