import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { newId } from '#libs/kernel';
import { closesResources } from '#libs/testing';
import { HistoryScene } from './history-scene.int-fixture.js';
import { aDeliveryHistory, type Course, type DeliveryHistory } from './projector/testing-support/a-history.js';

closesResources();

interface Row {
  readonly id: string;
  readonly [name: string]: unknown;
}
interface Page {
  readonly data: readonly Row[];
  readonly nextCursor: string | null;
}

const NOW = Date.now();
const MINUTE = 60_000;
const idsOf = (page: Page) => page.data.map(({ id }) => id);

describe('the attempts of a webhook', () => {
  let scene: HistoryScene;
  let webhookId: string;
  let histories: DeliveryHistory[];
  const history = (course: Course, at: number, more: object = {}) => aDeliveryHistory(course, { webhookId, at, ...more });
  const list = (query = '') => scene.read<Page>(`/v1/webhooks/${webhookId}/attempts${query}`);
  const attempts = () => histories.flatMap((one) => one.attempts);
  const newestFirst = (ids: string[]) => ids.sort().reverse();

  beforeAll(async () => {
    scene = await HistoryScene.open();
    webhookId = await scene.webhook();
    histories = [
      history({ codes: [200], result: 'succeeded' }, NOW - 50 * MINUTE),
      history({ codes: [500, 503, 200], result: 'succeeded' }, NOW - 40 * MINUTE, { eventType: 'order_updated' }),
      history({ codes: [null, 404], result: 'failed' }, NOW - 30 * MINUTE),
      history({ codes: [503], result: null }, NOW - 20 * MINUTE),
      history({ codes: [200], result: 'succeeded', test: true }, NOW - 10 * MINUTE),
    ];
    await scene.store(histories);
  });
  afterAll(() => scene.close());

  it('come newest first, one row for each', async () => {
    const page = await list();
    expect(idsOf(page)).toEqual(newestFirst(attempts().map(({ id }) => id)));
    expect(page.nextCursor).toBeNull();
    const [newest] = histories.at(-1)!.attempts;
    expect(page.data[0]).toEqual({
      id: newest!.id,
      deliveryId: newest!.deliveryId,
      webhookId,
      eventId: newest!.eventId,
      eventType: 'order_created',
      channelId: null,
      attempt: 1,
      trigger: 'test',
      attemptedAt: newest!.attemptedAt,
      durationMs: 12,
      statusCode: 200,
      status: 'succeeded',
      errorClass: null,
      nextAttemptAt: null,
    });
  });

  it.each([
    ['status=failed', 'status', ['failed']],
    ['status=succeeded', 'status', ['succeeded']],
    ['event=order_updated', 'eventType', ['order_updated']],
    ['code=503', 'statusCode', [503]],
    ['code=5xx', 'statusCode', [500, 503]],
    ['code=4xx', 'statusCode', [404]],
    ['code=2xx', 'statusCode', [200]],
    ['code=none', 'statusCode', [null]],
    ['errorClass=timeout', 'errorClass', ['timeout']],
    ['errorClass=timeout&errorClass=http_4xx', 'errorClass', ['timeout', 'http_4xx']],
    ['errorClass=tls&errorClass=dns', 'errorClass', []],
    ['trigger=test', 'trigger', ['test']],
    ['trigger=retry', 'trigger', ['retry']],
    ['trigger=event&trigger=retry&trigger=redelivery&trigger=probe', 'trigger', ['event', 'retry']],
    ['status=failed&code=5xx&trigger=retry', 'statusCode', [503]],
  ])('are filtered by %s', async (query, member, values) => {
    const { data } = await list(`?${query}`);
    expect([...new Set(data.map((row) => row[member]))].sort()).toEqual([...values].sort());
    const wanted = new URLSearchParams(query);
    const expected = attempts().filter((one) => {
      const code = wanted.get('code');
      const fits = !code || (code === 'none' ? one.statusCode === null : String(one.statusCode).startsWith(code.replace('xx', '')));
      return (
        fits &&
        [
          ['status', one.status],
          ['event', one.eventType],
          ['errorClass', one.errorClass],
          ['trigger', one.trigger],
        ].every(([name, value]) => !wanted.has(name!) || wanted.getAll(name!).includes(value!))
      );
    });
    expect(data.map(({ id }) => id)).toEqual(newestFirst(expected.map(({ id }) => id)));
  });

  it('are filtered by time, delivery and event', async () => {
    const time = (ms: number) => encodeURIComponent(new Date(ms).toISOString());
    const between = await list(`?from=${time(NOW - 40 * MINUTE)}&to=${time(NOW - 25 * MINUTE)}`);
    expect(idsOf(between)).toEqual(newestFirst([1, 2].flatMap((i) => histories[i]!.attempts.map(({ id }) => id))));
    const [first, ...rest] = histories[1]!.attempts;
    expect(idsOf(await list(`?from=${time(Date.parse(first!.attemptedAt) + 1)}&to=${time(NOW - 35 * MINUTE)}`))).toEqual(
      newestFirst(rest.map(({ id }) => id)),
    );
    const ofOne = newestFirst(histories[1]!.attempts.map(({ id }) => id));
    expect(idsOf(await list(`?deliveryId=${histories[1]!.request.deliveryId}`))).toEqual(ofOne);
    expect(idsOf(await list(`?eventId=${histories[1]!.request.event.id}`))).toEqual(ofOne);
    expect(idsOf(await list('?deliveryId=nope'))).toEqual([]);
  });

  it.each([
    'status=x',
    'code=6xx',
    'code=5',
    'errorClass=x',
    'errorClass=dns&errorClass=x',
    'trigger=x',
    'trigger=test&trigger=x',
    'from=yesterday',
    'limit=0',
    'limit=101',
    'cursor=x',
    'nope=1',
  ])('are not listed by %s', async (query) => {
    const answer = await scene.get(`/v1/webhooks/${webhookId}/attempts?${query}`);
    expect(answer.statusCode).toBe(422);
    expect(answer.json()).toMatchObject({ errors: [{ field: query.split('=')[0] }] });
  });

  it('come whole and once over pages that rows are added to', async () => {
    const other = await scene.webhook();
    const stored = Array.from({ length: 25 }, (_, i) =>
      aDeliveryHistory({ codes: [200], result: 'succeeded' }, { webhookId: other, at: NOW - 60 * MINUTE + i * 1000 }),
    );
    await scene.store(stored);
    const seen: string[] = [];
    let cursor: string | null = '';
    while (cursor !== null) {
      const page: Page = await scene.read(`/v1/webhooks/${other}/attempts?limit=4${cursor === '' ? '' : `&cursor=${cursor}`}`);
      seen.push(...idsOf(page));
      cursor = page.nextCursor;
      await scene.store([aDeliveryHistory({ codes: [200], result: 'succeeded' }, { webhookId: other, at: Date.now() })]);
    }
    expect(seen).toEqual(newestFirst(stored.map(({ attempts: [one] }) => one!.id)));
  });

  it('are shown in full, one by one', async () => {
    const [failed] = histories[2]!.attempts;
    const shown = await scene.read<Row>(`/v1/attempts/${failed!.id}`);
    expect(shown).toMatchObject({
      id: failed!.id,
      circuit: 'closed',
      failure: { kind: 'timeout', words: 'no reply in 1 s', hint: 'answer 2xx first, work later', message: 'it failed' },
      request: { method: 'POST', headers: { 'webhook-id': failed!.eventId }, body: '{"orderId":"o-1"}', bodyState: 'kept' },
      response: null,
      timings: { dns: null, connect: 1, tls: null, firstByte: 10, total: 12 },
      resolvedAddress: '127.0.0.1',
    });
    const refused = await scene.read<Row>(`/v1/attempts/${histories[2]!.attempts[1]!.id}`);
    expect(refused).toMatchObject({ failure: { kind: 'not-found' }, response: { status: 404, body: 'answer \u0000', truncated: false } });
    expect((await scene.read<Row>(`/v1/attempts/${histories[0]!.attempts[0]!.id}`))['failure']).toBeNull();
  });

  it('say that a body is no longer kept', async () => {
    const gone = history({ codes: [200], result: 'succeeded' }, NOW - 70 * MINUTE);
    await scene.store([gone]);
    await scene.unitOfWork.read((manager) => manager.query('delete from history.bodies where event_id = $1', [gone.request.event.id]));
    expect(await scene.read(`/v1/attempts/${gone.attempts[0]!.id}`)).toMatchObject({ request: { body: null, bodyState: 'gone' } });
  });

  it('are exported as lines and as a table, filtered', async () => {
    const lines = (await scene.get(`/v1/webhooks/${webhookId}/attempts/export?code=5xx`)).body.trimEnd().split('\n');
    expect(lines.map((line) => JSON.parse(line) as Row)).toEqual((await list('?code=5xx')).data);
    const answer = await scene.get(`/v1/webhooks/${webhookId}/attempts/export?format=csv&code=5xx`);
    expect(answer.headers['content-type']).toBe('text/csv; charset=utf-8');
    expect(answer.headers['content-disposition']).toContain(`attempts-${webhookId}.csv`);
    const [head, ...rows] = answer.body.trimEnd().split('\r\n');
    expect(head).toMatch(/^id,deliveryId,webhookId/);
    expect(rows.map((row) => row.split(',')[0])).toEqual(lines.map((line) => (JSON.parse(line) as Row).id));
  });

  it('and nothing else of another account are there', async () => {
    const stranger = await scene.account();
    const [one] = histories;
    const { deliveryId, event } = one!.request;
    const urls: [string, string][] = [
      [`/v1/webhooks/${webhookId}/attempts`, 'WEBHOOK_NOT_FOUND'],
      [`/v1/webhooks/${webhookId}/attempts/export`, 'WEBHOOK_NOT_FOUND'],
      [`/v1/attempts/${one!.attempts[0]!.id}`, 'ATTEMPT_NOT_FOUND'],
      [`/v1/attempts/stream?webhookId=${webhookId}`, 'WEBHOOK_NOT_FOUND'],
      [`/v1/deliveries/${deliveryId}`, 'DELIVERY_NOT_FOUND'],
      [`/v1/events/${event.id}`, 'EVENT_NOT_FOUND'],
      [`/v1/events/${event.id}/trace`, 'EVENT_NOT_FOUND'],
      [`/v1/stats?webhookId=${webhookId}`, 'WEBHOOK_NOT_FOUND'],
      [`/v1/attempts/${newId('att')}`, 'ATTEMPT_NOT_FOUND'],
      ['/v1/attempts/nope', 'ATTEMPT_NOT_FOUND'],
    ];
    for (const [url, code] of urls) {
      const answer = await scene.get(url, stranger);
      expect([url, answer.statusCode, answer.json<{ code: string }>().code]).toEqual([url, 404, code]);
    }
    for (const url of [`/v1/deliveries?webhookId=${webhookId}`, `/v1/deliveries?eventId=${event.id}`, '/v1/events'])
      expect(await scene.read(url, stranger)).toEqual({ data: [], nextCursor: null });
    expect(await scene.read('/v1/stats/overview', stranger)).toMatchObject({ totals: { attempts: 0 }, backlog: { count: 0 } });
  });
});
