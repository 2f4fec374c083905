import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { EndpointHealthV1 } from '#libs/contracts';
import { newId } from '#libs/kernel';
import { closesResources } from '#libs/testing';
import { HistoryScene } from './history-scene.int-fixture.js';
import { aDeliveryHistory } from './projector/testing-support/a-history.js';

closesResources();

interface Circuits {
  readonly counts: Readonly<Record<string, number>>;
  readonly data: readonly { webhookId: string; webhookName: string; circuit: string; nextProbeAt: string | null }[];
  readonly nextCursor: string | null;
}
interface Type {
  readonly name: string;
  readonly subscribers: number;
  readonly volume7d: number | null;
}

const NOW = new Date().toISOString();
const healthOf = (webhookId: string, accountId: string, more: Partial<EndpointHealthV1> = {}): EndpointHealthV1 => ({
  ...{ webhookId, accountId, version: 1, circuit: 'closed', since: NOW, consecutiveFailures: 0, openings: 0, nextProbeAt: null },
  ...{ failingSince: null, warnedPercent: 0, autoDisabled: null, lastStatusCode: 200, lastErrorClass: null, changedAt: NOW },
  ...more,
});

describe('what operators see of webhooks', () => {
  let scene: HistoryScene;
  let account: string;
  beforeAll(async () => {
    scene = await HistoryScene.open();
    account = await scene.account();
  }, 60_000);
  afterAll(() => scene.close());

  it('the circuits that are not closed, of every account, counted by state, without those of deleted webhooks', async () => {
    const [fine, open, probing, given] = await Promise.all(
      ['fine', 'open', 'probing', 'given'].map((name) => scene.webhook({ name }, name === 'open' ? undefined : account)),
    );
    const open2 = { circuit: 'open', nextProbeAt: NOW, consecutiveFailures: 10, lastStatusCode: 503, lastErrorClass: 'http_5xx' } as const;
    await scene.store(
      [],
      [
        healthOf(fine!, account),
        healthOf(open!, 'default', open2),
        healthOf(probing!, account, { circuit: 'half-open' }),
        healthOf(given!, account, { autoDisabled: 'gone' }),
        healthOf(newId('wh'), account, { circuit: 'open' }),
      ],
    );
    const all = await scene.read<Circuits>('/v1/operations/circuits');
    expect(all.counts).toEqual({ closed: 2, open: 1, 'half-open': 1 });
    expect(all.data.map(({ webhookId }) => webhookId)).toEqual([open!, probing!, given!].sort().reverse());
    expect(all.data.find(({ webhookId }) => webhookId === open)).toMatchObject({ webhookName: 'open', circuit: 'open', nextProbeAt: NOW });
    const closed = await scene.read<Circuits>(`/v1/operations/circuits?circuit=closed&accountId=${account}&limit=1`);
    const rest = await scene.read<Circuits>(
      `/v1/operations/circuits?circuit=closed&accountId=${account}&limit=1&cursor=${closed.nextCursor}`,
    );
    expect([closed, rest].flatMap(({ data }) => data.map(({ webhookId }) => webhookId)).sort()).toEqual([fine, given].sort());
    expect([closed.counts, rest.nextCursor]).toEqual([{ closed: 2, open: 0, 'half-open': 1 }, null]);
  });

  it('how many webhooks of the own account get an event type, and how often it occurred in seven days', async () => {
    const mine = await scene.account();
    await scene.webhook({ name: 'all' }, mine);
    await scene.webhook({ name: 'module', events: ['orders:*', 'order_created'], status: 'disabled' }, mine);
    await scene.webhook({ name: 'one', events: ['order_updated'] }, mine);
    await scene.webhook({ name: 'of another' });
    const at = Date.now() - 60_000;
    const course = { codes: [200], result: 'succeeded' } as const;
    const history = (more: object) => aDeliveryHistory(course, { webhookId: newId('wh'), accountId: mine, at, ...more });
    const twice = { eventId: newId('evt') };
    await scene.store([
      ...[history(twice), history(twice), history({}), history({ eventType: 'order_updated' })],
      ...[history({ at: at - 8 * 86_400_000 }), history({ accountId: 'default' })],
      aDeliveryHistory({ ...course, test: true }, { webhookId: newId('wh'), accountId: mine, at }),
    ]);
    const { data } = await scene.read<{ data: Type[] }>('/v1/event-types?module=orders', mine);
    const usage = (name: string) => data.filter((type) => type.name === name).map(({ subscribers, volume7d }) => [subscribers, volume7d]);
    expect([usage('order_created'), usage('order_updated')]).toEqual([[[2, 2]], [[3, 1]]]);
    expect(await scene.read('/v1/event-types/order_created', mine)).toMatchObject({ subscribers: 2, volume7d: 2 });
  });

  it('no mails before any was made', async () => {
    expect(await scene.read('/v1/operations/notifications')).toEqual({ data: [], nextCursor: null });
  });
});
