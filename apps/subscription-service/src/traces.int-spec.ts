import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { closesResources } from '#libs/testing';
import { HistoryScene } from './history-scene.int-fixture.js';
import { aDeliveryHistory, type DeliveryHistory } from './projector/testing-support/a-history.js';

closesResources();

interface Delivery {
  readonly id: string;
  readonly webhookId: string;
  readonly state: string;
}
interface Page<T> {
  readonly data: readonly T[];
  readonly nextCursor: string | null;
}
interface Traced {
  readonly webhookId: string;
  readonly name: string | null;
  readonly matched: boolean;
  readonly reason: string | null;
  readonly words: string;
  readonly changedSince: boolean;
  readonly deliveries: readonly { readonly delivery: Delivery; readonly attempts: readonly { attempt: number }[] }[];
}

describe('deliveries and events', () => {
  let scene: HistoryScene;
  let account: string;
  let webhookId: string;
  let otherId: string;
  let retrying: DeliveryHistory;
  let done: DeliveryHistory;
  const eventId = 'e 1/ä';
  const path = (id: string) => encodeURIComponent(id);

  beforeAll(async () => {
    scene = await HistoryScene.open();
    account = await scene.account();
    webhookId = await scene.webhook({ events: ['order_created'] }, account);
    otherId = await scene.webhook({ events: ['order_created', 'orders:*'] }, account);
    const at = Date.now();
    retrying = aDeliveryHistory({ codes: [503], result: null }, { webhookId, accountId: account, eventId, at });
    done = aDeliveryHistory({ codes: [500, 200], result: 'succeeded' }, { webhookId: otherId, accountId: account, eventId, at });
    await scene.store([retrying, done]);
  });
  afterAll(() => scene.close());

  it('are listed by webhook, event, state and time', async () => {
    const ids = async (query: string) =>
      (await scene.read<Page<Delivery>>(`/v1/deliveries?${query}`, account)).data.map(({ id }) => id).sort();
    const [one, two] = [retrying.request.deliveryId, done.request.deliveryId];
    expect(await ids('')).toEqual([one, two].sort());
    expect(await ids(`webhookId=${otherId}`)).toEqual([two]);
    expect(await ids(`eventId=${path(eventId)}`)).toEqual([one, two].sort());
    expect(await ids('state=retrying')).toEqual([one]);
    expect(await ids('state=failed')).toEqual([]);
    expect(await ids(`to=${path(new Date(Date.now() - 60_000).toISOString())}`)).toEqual([]);
    const first = await scene.read<Page<Delivery>>('/v1/deliveries?limit=1', account);
    const second = await scene.read<Page<Delivery>>(`/v1/deliveries?limit=1&cursor=${first.nextCursor}`, account);
    expect([...first.data, ...second.data].map(({ id }) => id)).toEqual([one, two].sort().reverse());
    expect(second.nextCursor).toBeNull();
  });

  it('of which one goes on are shown with what comes next, and why', async () => {
    const { deliveryId } = retrying.request;
    const [attempt] = retrying.attempts;
    expect(await scene.read(`/v1/deliveries/${deliveryId}`, account)).toEqual({
      id: deliveryId,
      webhookId,
      eventId,
      eventType: 'order_created',
      channelId: null,
      test: false,
      state: 'retrying',
      reason: null,
      attempts: 1,
      lastStatusCode: 503,
      lastErrorClass: 'http_5xx',
      nextAttemptAt: attempt!.nextAttemptAt,
      createdAt: retrying.request.requestedAt,
      completedAt: null,
      totalMs: null,
      failure: expect.objectContaining({ kind: 'http-5xx', words: 'the receiver failed (503)' }),
      event: { source: '/test', time: retrying.request.event.time, dataState: 'kept' },
      timeline: [expect.objectContaining({ id: attempt!.id, attempt: 1 })],
    });
  });

  it('of which one has ended are shown with all attempts, oldest first', async () => {
    const shown = await scene.read<object>(`/v1/deliveries/${done.request.deliveryId}`, account);
    expect(shown).toMatchObject({ state: 'succeeded', attempts: 2, nextAttemptAt: null, failure: null, totalMs: 2050 });
    expect(shown).toMatchObject({ timeline: done.attempts.map(({ id }) => ({ id })), completedAt: done.outcome!.completedAt });
  });

  it('are counted together by event, with the data as it was published', async () => {
    const event = {
      id: eventId,
      type: 'order_created',
      source: '/test',
      channelId: null,
      time: retrying.request.event.time,
      receivedAt: retrying.request.requestedAt,
      test: false,
      matched: 2,
      result: 'running',
      deliveries: { pending: 0, retrying: 1, succeeded: 1, failed: 0, discarded: 0 },
    };
    for (const query of ['', '?type=order_created', `?id=${path(eventId)}`])
      expect(await scene.read(`/v1/events${query}`, account)).toEqual({ data: [event], nextCursor: null });
    expect(await scene.read('/v1/events?type=order_updated', account)).toEqual({ data: [], nextCursor: null });
    expect(await scene.read(`/v1/events/${path(eventId)}?source=/test`, account)).toEqual({
      ...event,
      dataContentType: 'application/json',
      context: null,
      data: '{"orderId":"o-1"}',
      dataState: 'kept',
      traceparent: null,
    });
    expect((await scene.get(`/v1/events/${path(eventId)}?source=/other`, account)).statusCode).toBe(404);
  });
});

describe('the trace of an event', () => {
  let scene: HistoryScene;
  let account: string;
  let rows: readonly Traced[];
  let deliveredId: string;
  const of = (name: string): Traced => rows.find((row) => row.name === name)!;

  beforeAll(async () => {
    scene = await HistoryScene.open();
    account = await scene.account();
    const webhook = (name: string, settings: object = {}) => scene.webhook({ name, events: ['order_created'], ...settings }, account);
    deliveredId = await webhook('delivered', { events: ['orders:*'] });
    await webhook('other type', { events: ['order_updated'] });
    await webhook('other channel', { channelId: 'c-2' });
    await webhook('filtered', { filter: 'data.total > 100.0' });
    await webhook('disabled', { status: 'disabled' });
    await webhook('no reason');
    const changed = await webhook('changed since', { events: ['order_updated'] });
    const deleted = await webhook('deleted');
    const at = Date.now();
    const options = { accountId: account, eventId: 'traced', data: '{"total":1.5}', at };
    await scene.store([
      aDeliveryHistory({ codes: [500, 200], result: 'succeeded' }, { ...options, webhookId: deliveredId }),
      aDeliveryHistory({ codes: [200], result: 'succeeded' }, { ...options, webhookId: deleted }),
    ]);
    await webhook('created later');
    await scene.app.inject({
      method: 'PATCH',
      url: `/v1/webhooks/${changed}`,
      headers: scene.headers(account),
      payload: { events: ['order_created'] },
    });
    await scene.app.inject({ method: 'DELETE', url: `/v1/webhooks/${deleted}`, headers: scene.headers(account) });
    rows = (await scene.read<{ webhooks: readonly Traced[] }>('/v1/events/traced/trace', account)).webhooks;
  });
  afterAll(() => scene.close());

  it('has each delivery with its attempts, oldest first, those of a deleted webhook too', () => {
    expect(of('delivered')).toMatchObject({ webhookId: deliveredId, matched: true, reason: null, words: 'matched by orders:*' });
    expect(of('delivered').deliveries).toMatchObject([{ delivery: { state: 'succeeded' }, attempts: [{ attempt: 1 }, { attempt: 2 }] }]);
    expect(rows.filter(({ name }) => name === null)).toMatchObject([{ matched: true, url: null, deliveries: [{ attempts: [{}] }] }]);
    expect(rows.findIndex(({ matched }) => !matched)).toBe(2);
  });

  it.each([
    ['other type', 'type', 'not sent because the webhook is not subscribed to order_created'],
    ['other channel', 'channel', 'not sent because the webhook is for channel c-2 and the event is of no channel'],
    ['filtered', 'filter', 'not sent because its filter is not true for the event: data.total > 100.0'],
    ['disabled', 'disabled', 'not sent because the webhook was disabled'],
    ['created later', 'created-later', 'not sent because the webhook was created later'],
  ])('says why it did not go to the webhook "%s"', (name, reason, words) => {
    expect(of(name)).toMatchObject({ matched: false, reason, words, deliveries: [] });
  });

  it('judges a webhook as it was when the event came', () => {
    expect(of('changed since')).toMatchObject({ matched: false, reason: 'type', changedSince: true });
    expect(of('other type').changedSince).toBe(false);
  });

  it('admits that it does not know', () => {
    expect(of('no reason')).toMatchObject({ matched: false, reason: 'unknown' });
  });

  it('of a test names only the webhook that was tested', async () => {
    const test = aDeliveryHistory(
      { codes: [200], result: 'succeeded', test: true },
      { webhookId: deliveredId, accountId: account, eventId: 'tested', at: Date.now() },
    );
    await scene.store([test]);
    const trace = await scene.read<{ event: object; webhooks: readonly Traced[] }>('/v1/events/tested/trace', account);
    expect(trace).toMatchObject({ event: { test: true, matched: 1 }, webhooks: [{ webhookId: deliveredId, matched: true }] });
    expect(trace.webhooks).toHaveLength(1);
  });
});
