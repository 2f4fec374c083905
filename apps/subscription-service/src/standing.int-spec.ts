import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { EndpointHealthV1 } from '#libs/contracts';
import { closesResources } from '#libs/testing';
import { HistoryScene } from './history-scene.int-fixture.js';
import { aDeliveryHistory, type Course } from './projector/testing-support/a-history.js';

closesResources();

interface Shown {
  readonly id: string;
  readonly lastEvent: object | null;
  readonly health: { readonly state: string; readonly words: string; readonly waiting: number };
  readonly counts: {
    readonly succeeded: number;
    readonly failed: number;
    readonly hours: readonly { succeeded: number; failed: number }[];
  };
}

const MINUTE = 60_000;
const NOW = Date.now();
const REFUSING_SINCE = new Date(NOW - 6 * MINUTE).toISOString();
const SUCCEEDED: Course = { codes: [200], result: 'succeeded' };
const RETRYING: Course = { codes: [503], result: null };
const TEST: Course = { codes: [500], result: 'failed', test: true };

describe('how webhooks stand', () => {
  let scene: HistoryScene;
  let account: string;
  const ids: Record<'healthy' | 'refusing' | 'paused' | 'probing' | 'disabled' | 'failing' | 'quiet', string> = {} as never;
  const store = (webhookId: string, courses: readonly Course[], ago = 5 * MINUTE) =>
    scene.store(courses.map((course, i) => aDeliveryHistory(course, { webhookId, accountId: account, at: NOW - ago + i * 1000 })));
  const health = (webhookId: string, settings: Partial<EndpointHealthV1>): EndpointHealthV1 => ({
    ...{ webhookId, accountId: account, version: 1, circuit: 'closed', since: new Date(NOW - 10 * MINUTE).toISOString() },
    ...{ consecutiveFailures: 0, openings: 0, nextProbeAt: null, failingSince: null, warnedPercent: 0, autoDisabled: null },
    ...{ lastStatusCode: null, lastErrorClass: null, changedAt: new Date(NOW).toISOString() },
    ...settings,
  });
  const read = (id: string) => scene.read<Shown>(`/v1/webhooks/${id}`, account);

  beforeAll(async () => {
    scene = await HistoryScene.open();
    account = await scene.account();
    for (const name of ['healthy', 'refusing', 'paused', 'probing', 'disabled', 'failing', 'quiet'] as const)
      ids[name] = await scene.webhook({ name, status: name === 'disabled' ? 'disabled' : 'enabled' }, account);
    await store(ids.healthy, [SUCCEEDED, SUCCEEDED, TEST, { codes: [], result: null }]);
    await store(ids.paused, [SUCCEEDED, RETRYING, RETRYING, RETRYING]);
    await scene.store(
      [],
      [
        health(ids.paused, {
          ...{ circuit: 'open', consecutiveFailures: 3, nextProbeAt: '2026-11-20T11:08:00.000Z' },
          ...{ failingSince: new Date(NOW - 9 * MINUTE).toISOString(), lastStatusCode: 503, lastErrorClass: 'http_5xx' },
        }),
        health(ids.probing, { circuit: 'half-open' }),
        health(ids.refusing, { failingSince: REFUSING_SINCE, lastStatusCode: 401, lastErrorClass: 'http_4xx' }),
        health(ids.quiet, { failingSince: new Date(NOW - MINUTE).toISOString(), lastStatusCode: 401, lastErrorClass: 'http_4xx' }),
      ],
    );
    await scene.unitOfWork.read((manager) =>
      manager.query("update subscription.webhooks set status = 'disabled', disabled_reason = 'gone' where id = $1", [ids.failing]),
    );
  });
  afterAll(() => scene.close());

  it('is told of a healthy one: Last Event Hit and counts leave tests out', async () => {
    const { lastEvent, health: shown, counts } = await read(ids.healthy);
    expect(lastEvent).toMatchObject({
      type: 'order_created',
      status: 'succeeded',
      statusCode: 200,
      attemptId: expect.stringMatching(/^att_/),
    });
    expect(shown).toMatchObject({ state: 'healthy', words: 'Healthy', circuit: 'closed', waiting: 1, waitingIsLowerBound: false });
    expect(counts).toMatchObject({ succeeded: 2, failed: 0 });
    expect(counts.hours).toHaveLength(24);
    expect(counts.hours.reduce((sum, hour) => sum + hour.succeeded, 0)).toBe(2);
  });

  it('is told of a paused one with what failed, what waits and what comes next', async () => {
    const { health: shown, counts } = await read(ids.paused);
    expect(shown).toMatchObject({
      ...{ state: 'paused', circuit: 'open', consecutiveFailures: 3, recentAttempts: 4, recentFailures: 3, waiting: 3 },
      ...{ words: 'Paused: 3 of 4 attempts failed (503). Next probe 11:08 UTC. 3 waiting', reason: '503', waitingIsLowerBound: false },
    });
    expect(counts).toMatchObject({ succeeded: 1, failed: 3 });
  });

  it('is told of one to which nothing has happened', async () => {
    expect(await read(ids.quiet)).toMatchObject({ lastEvent: null, health: { state: 'healthy' }, counts: { succeeded: 0, failed: 0 } });
  });

  it.each([
    ['probing', 'probing', 'Probing'],
    ['disabled', 'disabled', 'Disabled'],
    ['failing', 'disabled', 'Receiver said it is gone (410)'],
  ] as const)('is told of the webhook "%s"', async (name, state, words) => {
    expect((await read(ids[name])).health).toMatchObject({ state, words });
  });

  it('is told of one whose every attempt fails though nothing is paused, and not before that lasts', async () => {
    const since = REFUSING_SINCE.slice(0, 16).replace('T', ' ');
    const words = `Failing: every attempt since ${since} UTC failed (401)`;
    expect((await read(ids.refusing)).health).toMatchObject({ state: 'failing', circuit: 'closed', words });
    expect((await read(ids.quiet)).health.state).toBe('healthy');
  });

  it.each([
    ['healthy', ['healthy', 'quiet']],
    ['failing', ['refusing']],
    ['paused', ['paused']],
    ['probing', ['probing']],
    ['disabled', ['disabled', 'failing']],
  ] as const)('filters the list by %s', async (state, names) => {
    const { data } = await scene.read<{ data: Shown[] }>(`/v1/webhooks?health=${state}`, account);
    expect(data.map(({ id }) => id).sort()).toEqual(names.map((name) => ids[name]).sort());
    expect(new Set(data.map((one) => one.health.state))).toEqual(new Set([state]));
  });

  it('and its filters go together', async () => {
    const list = async (query: string) => (await scene.read<{ data: Shown[] }>(`/v1/webhooks?${query}`, account)).data.length;
    expect(await list('health=paused&status=disabled')).toBe(0);
    expect(await list('health=healthy&q=quiet')).toBe(1);
    expect((await scene.get('/v1/webhooks?health=ill', account)).statusCode).toBe(422);
  });

  it('makes an overview of what needs attention and what waits', async () => {
    const overview = await scene.read<{ attention: { name: string }[]; backlog: { oldestAgeMs: number } }>('/v1/stats/overview', account);
    expect(overview).toMatchObject({
      attentionCount: 4,
      totals: { attempts: 6, succeeded: 3, failed: 3, deliveries: 6, outcomes: { success: 3, http5xx: 3 }, successRate: 0.5 },
      backlog: { count: 4, countIsLowerBound: false },
      webhooks: { total: 7, enabled: 5, disabled: 2 },
    });
    expect(overview.attention.map(({ name }) => name).sort()).toEqual(['failing', 'paused', 'probing', 'refusing']);
    expect(overview.backlog.oldestAgeMs).toBeGreaterThan(4 * MINUTE);
  });

  it('names some of each kind that needs attention, and counts all', async () => {
    const crowd = await scene.account();
    const paused: string[] = [];
    for (let i = 0; i < 22; i++) paused.push(await scene.webhook({ name: `paused ${i}` }, crowd));
    const gone = await scene.webhook({ name: 'gone', status: 'disabled' }, crowd);
    await scene.store(
      [],
      paused.map((id) => ({ ...health(id, { circuit: 'open' }), accountId: crowd })),
    );
    await scene.unitOfWork.read((manager) =>
      manager.query("update subscription.webhooks set disabled_reason = 'gone' where id = $1", [gone]),
    );
    const overview = await scene.read<{ attention: { webhookId: string }[]; attentionCount: number }>('/v1/stats/overview', crowd);
    expect(overview.attentionCount).toBe(23);
    expect(overview.attention).toHaveLength(20);
    expect(overview.attention.map(({ webhookId }) => webhookId)).toContain(gone);
  });

  it('is still shown, without its numbers, while the history does not answer', async () => {
    await scene.unitOfWork.read((manager) => manager.query('alter table history.circuits rename to away'));
    try {
      expect(await read(ids.healthy)).toMatchObject({ lastEvent: null, counts: null, health: { state: 'healthy' } });
    } finally {
      await scene.unitOfWork.read((manager) => manager.query('alter table history.away rename to circuits'));
    }
  });
});

describe('statistics', () => {
  let scene: HistoryScene;
  let webhookId: string;
  const hour = Math.floor((NOW - 3 * 3_600_000) / 3_600_000) * 3_600_000;
  const time = (ms: number) => new Date(ms).toISOString();
  const stats = (query: string) =>
    scene.read<{ bucketSeconds: number; totals: object; buckets: { start: string; attempts: number; backlog: number | null }[] }>(
      `/v1/stats?${query}`,
    );

  beforeAll(async () => {
    scene = await HistoryScene.open();
    webhookId = await scene.webhook();
    const of = (course: Course, at: number) => aDeliveryHistory(course, { webhookId, at });
    await scene.store([
      of({ codes: [200], result: 'succeeded' }, hour),
      of({ codes: [404], result: 'failed' }, hour),
      of({ codes: [500], result: 'failed' }, hour + 5 * MINUTE),
      of({ codes: [200], result: 'succeeded', test: true }, hour + 5 * MINUTE),
    ]);
  });
  afterAll(() => scene.close());

  it.each(['', 'webhook'])('count attempts by bucket, without gaps and without tests %s', async (of) => {
    const asked = `from=${time(hour)}&to=${time(hour + 30 * MINUTE)}&bucket=5m${of === '' ? '' : `&webhookId=${webhookId}`}`;
    const { buckets, totals, bucketSeconds } = await stats(asked);
    expect(bucketSeconds).toBe(300);
    expect(buckets.map(({ start, attempts }) => [start, attempts])).toEqual(
      [2, 1, 0, 0, 0, 0].map((count, i) => [time(hour + i * 5 * MINUTE), count]),
    );
    expect(totals).toEqual({
      ...{ attempts: 3, succeeded: 1, failed: 2, deliveries: 3, successRate: 0.3333 },
      outcomes: { success: 1, http3xx: 0, http4xx: 1, http5xx: 1, timeout: 0, connection: 0, policy: 0 },
      latency: { p50: 11.5, p95: 12.9, p99: 13 },
    });
    expect(buckets[2]).toMatchObject({ successRate: null, latency: { p50: null, p95: null, p99: null } });
  });

  it('tell the most that waited at once, nothing where nothing did, and null where nobody counted or for one webhook', async () => {
    const sample = (account: string, minute: number, waiting: number) => [account, time(hour + minute * MINUTE), waiting];
    const samples = [
      sample('', 0, 9),
      sample('default', 0, 4),
      sample('', 1, 9),
      sample('default', 1, 7),
      sample('', 6, 2),
      sample('else', 6, 2),
    ];
    await scene.unitOfWork.read((manager) =>
      manager.query(
        `insert into history.backlog_samples (account_id, start, waiting, seconds)
         select s->>0, (s->>1)::timestamptz, (s->>2)::integer, 60 from jsonb_array_elements($1) as s`,
        [JSON.stringify(samples)],
      ),
    );
    const asked = `from=${time(hour)}&to=${time(hour + 15 * MINUTE)}&bucket=5m`;
    const backlog = async (query: string) => (await stats(query)).buckets.map((bucket) => bucket.backlog);
    expect(await backlog(asked)).toEqual([7, 0, null]);
    expect(await backlog(`${asked}&webhookId=${webhookId}`)).toEqual([null, null, null]);
  });

  it.each([
    ['1h', 60, 60],
    ['24h', 900, 97],
    ['7d', 21_600, 29],
    ['30d', 21_600, 121],
  ])('of the last %s come in buckets of %i s', async (range, seconds, most) => {
    const { bucketSeconds, buckets } = await stats(`range=${range}`);
    expect(bucketSeconds).toBe(seconds);
    expect(buckets.length).toBeGreaterThanOrEqual(most - 1);
    expect(buckets.length).toBeLessThanOrEqual(most + 1);
  });

  it.each([
    'range=1h&from=2026-11-20T00:00:00Z',
    'from=2026-11-20T00:00:00Z&to=2026-11-20T00:00:00Z',
    'range=2h',
    'bucket=7m',
    'range=30d&bucket=1m',
    'from=x',
  ])('are not given for %s', async (query) => {
    expect((await scene.get(`/v1/stats?${query}`)).statusCode).toBe(422);
  });
});
