import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { closesResources } from '#libs/testing';
import { HistoryScene } from './history-scene.int-fixture.js';
import { aDeliveryHistory, anUnmatchedEvent } from './projector/testing-support/a-history.js';

closesResources();

interface Traced {
  readonly name: string;
  readonly matched: boolean;
  readonly reason: string | null;
  readonly words: string;
}
interface Trace {
  readonly event: { readonly matched: number; readonly result: string; readonly receivedAt: string };
  readonly webhooks: readonly Traced[];
}
interface Page {
  readonly data: readonly { readonly id: string; readonly matched: number; readonly result: string }[];
  readonly nextCursor: string | null;
}

describe('an event that no webhook wanted', () => {
  let scene: HistoryScene;
  let account: string;
  let at: number;
  const ids: Record<string, string> = {};
  const patch = (id: string, payload: object, path = '/v1/webhooks') =>
    scene.app.inject({ method: 'PATCH', url: `${path}/${id}`, headers: scene.headers(account), payload });
  const trace = (id: string) => scene.read<Trace>(`/v1/events/${id}/trace`, account);
  const missed = async (id: string) =>
    Object.fromEntries((await trace(id)).webhooks.map(({ name, reason, words }) => [name, [reason, words]]));
  const listed = async (query = '') => (await scene.read<Page>(`/v1/events${query}`, account)).data.map(({ id }) => id);
  const sentAgain = (webhookId: string, eventId: string, eventAt: number, asked: number) => {
    const history = aDeliveryHistory({ codes: [200], result: 'succeeded' }, { accountId: account, webhookId, eventId, at: eventAt });
    const requestedAt = new Date(asked).toISOString();
    return {
      ...history,
      request: { ...history.request, trigger: 'redelivery' as const, requestedAt },
      attempts: history.attempts.map((one) => ({ ...one, trigger: 'redelivery' as const, attemptedAt: requestedAt })),
      outcome: { ...history.outcome!, completedAt: requestedAt, totalMs: 0, firstAttemptAt: requestedAt },
    };
  };

  beforeAll(async () => {
    scene = await HistoryScene.open();
    account = await scene.account();
    const webhook = async (name: string, settings: object = {}) =>
      (ids[name] = await scene.webhook({ name, events: ['order_created'], ...settings }, account));
    await webhook('other type', { events: ['tickets:*'] });
    await webhook('other channel', { channelId: 'c-2' });
    await webhook('filtered', { filter: 'data.total > 100.0' });
    await webhook('disabled', { status: 'disabled' });
    at = Date.now();
    const event = { accountId: account, data: '{"total":1.5}', at };
    const wanted = aDeliveryHistory({ codes: [200], result: 'succeeded' }, { ...event, webhookId: ids['filtered']!, eventId: 'wanted' });
    await scene.store(
      [wanted],
      [],
      [anUnmatchedEvent({ ...event, eventId: 'unwanted' }), anUnmatchedEvent({ ...event, eventId: 'again' })],
    );
  });
  afterAll(() => scene.close());

  it('is listed beside the others, and by itself', async () => {
    expect((await listed()).sort()).toEqual(['again', 'unwanted', 'wanted']);
    expect((await listed('?unmatched=true')).sort()).toEqual(['again', 'unwanted']);
    const page = await scene.read<Page>('/v1/events?unmatched=true&limit=1', account);
    const next = await scene.read<Page>(`/v1/events?unmatched=true&limit=1&cursor=${page.nextCursor}`, account);
    expect([...page.data, ...next.data].map(({ id }) => id).sort()).toEqual(['again', 'unwanted']);
    expect((await scene.get('/v1/events?unmatched=false', account)).statusCode).toBe(422);
    expect((await scene.get('/v1/events/unwanted', await scene.account())).statusCode).toBe(404);
  });

  it('is shown with its data, and with when it was looked for webhooks', async () => {
    expect(await scene.read('/v1/events/unwanted', account)).toMatchObject({
      ...{ matched: 0, result: 'unmatched', test: false, data: '{"total":1.5}', dataState: 'kept' },
      receivedAt: new Date(at + 5).toISOString(),
      deliveries: { pending: 0, retrying: 0, succeeded: 0, failed: 0, discarded: 0 },
    });
  });

  it('is traced with the reason of each webhook, as it was then', async () => {
    await patch(ids['filtered']!, { filter: null });
    expect(await missed('unwanted')).toEqual({
      'other type': ['type', 'not sent because the webhook is not subscribed to order_created'],
      'other channel': ['channel', 'not sent because the webhook is for channel c-2 and the event is of no channel'],
      filtered: ['filter', 'not sent because its filter is not true for the event: data.total > 100.0'],
      disabled: ['disabled', 'not sent because the webhook was disabled'],
    });
  });

  it('stays the same event when it is sent to a webhook later, which it says, and its reasons stay', async () => {
    await patch(ids['other type']!, { events: ['order_created'] });
    await scene.store([sentAgain(ids['other type']!, 'again', at, Date.now())]);
    const traced = await trace('again');
    expect(traced.event).toMatchObject({ matched: 1, result: 'succeeded', receivedAt: new Date(at + 5).toISOString() });
    const rows = traced.webhooks.map(({ name, matched, reason, words }) => [name, matched, reason ?? words]);
    expect(rows.sort()).toEqual([
      ['disabled', false, 'disabled'],
      ['filtered', false, 'filter'],
      ['other channel', false, 'channel'],
      ['other type', true, 'sent by a redelivery'],
    ]);
    expect(await listed('?id=again')).toEqual(['again']);
    expect(await listed('?unmatched=true')).toEqual(['unwanted']);
  });

  it('is traced for an account that has lost its role, which decides about calls and not about events', async () => {
    await patch(account, { requiredRole: 'ENTERPRISE', roles: [] }, '/v1/accounts');
    expect((await scene.get('/v1/webhooks', account)).json()).toMatchObject({ code: 'ROLE_REQUIRED' });
    expect((await trace('unwanted')).webhooks.map(({ reason }) => reason)).not.toContain('unknown');
    expect((await trace('wanted')).webhooks.find(({ name }) => name === 'filtered')).toMatchObject({ matched: true });
  });
});
