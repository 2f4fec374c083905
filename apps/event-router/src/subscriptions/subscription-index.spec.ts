import { runInNewContext } from 'node:vm';
import { setFlagsFromString } from 'node:v8';
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { Catalog, LiveCatalog, type EventType } from '#libs/catalog';
import { CoveringNames } from '../catalog/index.js';
import { SubscriptionIndex, type Routable, type Subscription } from './subscription-index.js';

const MODULES: Record<string, string> = {
  MESSAGE_RECEIVED: 'messages',
  MESSAGE_STATUS: 'messages',
  order_created: 'orders',
  order_updated: 'orders',
};
const COMBINED: Record<string, string[]> = { RECEIVED_STATUS: ['MESSAGE_RECEIVED', 'MESSAGE_STATUS'] };
const aType = (name: string, module: string, combines: string[] = []): EventType => ({
  name, module, combines, label: name, description: name, updatedAt: '2026-11-20T00:00:00Z', schema: {}, sample: {},
  origin: 'shipped', version: 1, schemaCheck: 'off', deprecated: null, redact: [],
}); // prettier-ignore
const catalog = new Catalog(
  ['messages', 'orders'].map((name) => ({ name, label: name, topic: name })),
  [
    ...Object.entries(MODULES).map(([name, module]) => aType(name, module)),
    ...Object.entries(COMBINED).map(([name, combines]) => aType(name, 'messages', combines)),
  ],
);

const aSubscription = (overrides: Partial<Subscription> = {}): Subscription => ({
  id: 'wh_1',
  accountId: 'a',
  channelId: null,
  events: ['order_created'],
  status: 'enabled',
  ...overrides,
});
const anEvent = (overrides: Partial<Routable> = {}): Routable => ({ accountId: 'a', type: 'order_created', ...overrides });
const indexOf = (...webhooks: Subscription[]) => {
  const index = new SubscriptionIndex(new CoveringNames(catalog));
  for (const webhook of webhooks) index.set(webhook);
  return index;
};

/** The rule, word by word, without any index. */
function wants(webhook: Subscription, event: Routable): boolean {
  return (
    webhook.status === 'enabled' &&
    webhook.accountId === event.accountId &&
    (webhook.channelId === null || webhook.channelId === event.channelId) &&
    webhook.events.some(
      (name) => name === '*' || name === `${MODULES[event.type]}:*` || name === event.type || COMBINED[name]?.includes(event.type),
    )
  );
}

describe('SubscriptionIndex', () => {
  it('finds what the rule says, each webhook once, after any series of changes', () => {
    const webhook = fc.record({
      id: fc.constantFrom('wh_1', 'wh_2', 'wh_3', 'wh_4', 'wh_5', 'wh_6'),
      accountId: fc.constantFrom('a', 'b'),
      channelId: fc.constantFrom(null, '', 'c', '=c'),
      events: fc.array(fc.constantFrom('*', 'orders:*', 'messages:*', 'none:*', 'RECEIVED_STATUS', 'unheard_of', ...Object.keys(MODULES)), {
        minLength: 1,
        maxLength: 4,
      }),
      status: fc.constantFrom('enabled' as const, 'enabled' as const, 'disabled' as const),
    });
    const event = fc.record({
      accountId: fc.constantFrom('a', 'b', 'c'),
      channelId: fc.constantFrom(undefined, '', 'c', '=c'),
      type: fc.constantFrom(...Object.keys(MODULES)),
    });
    const change = fc.oneof(
      { weight: 4, arbitrary: webhook },
      { weight: 1, arbitrary: fc.record({ id: fc.constantFrom('wh_1', 'wh_2', 'wh_3') }) },
    );
    fc.assert(
      fc.property(fc.array(change, { maxLength: 12 }), fc.array(event, { maxLength: 6 }), (changes, events) => {
        const index = new SubscriptionIndex(new CoveringNames(catalog));
        const current = new Map<string, Subscription>();
        for (const each of changes) {
          if ('events' in each) {
            index.set(each);
            current.set(each.id, each);
          } else {
            index.delete(each.id);
            current.delete(each.id);
          }
        }
        expect(index.size).toBe([...current.values()].filter((each) => each.status === 'enabled').length);
        for (const each of events) {
          const expected = [...current.values()].filter((subscription) => wants(subscription, each)).map(({ id }) => id);
          expect(index.match(each).sort()).toEqual(expected.sort());
        }
      }),
      { numRuns: 2_000 },
    );
  });

  it('gives one match to a webhook that names a type four ways', () => {
    const index = indexOf(aSubscription({ events: ['MESSAGE_RECEIVED', 'RECEIVED_STATUS', 'messages:*', 'MESSAGE_RECEIVED'] }));
    expect(index.match(anEvent({ type: 'MESSAGE_RECEIVED' }))).toEqual(['wh_1']);
    expect(index.match(anEvent({ type: 'order_created' }))).toEqual([]);
  });

  it('forgets the old subscriptions of a webhook that changed', () => {
    const index = indexOf(aSubscription(), aSubscription({ events: ['order_updated'], channelId: 'c' }));
    expect(index.match(anEvent())).toEqual([]);
    expect(index.match(anEvent({ type: 'order_updated', channelId: 'c' }))).toEqual(['wh_1']);
  });

  it('is empty again, holding nothing, when every webhook is gone', () => {
    const index = indexOf(aSubscription(), aSubscription({ id: 'wh_2' }), aSubscription({ id: 'wh_3', channelId: 'c' }));
    for (const id of ['wh_1', 'wh_2', 'wh_3', 'wh_4']) index.delete(id);
    expect(index.size).toBe(0);
    expect(index.match(anEvent({ channelId: 'c' }))).toEqual([]);
    const maps = Object.values(index).filter((part) => part instanceof Map);
    expect(maps.map(({ size }) => size)).toEqual(maps.map(() => 0));
  });

  it('follows types and combined types as they come and go, without a webhook being set again', () => {
    const live = new LiveCatalog(catalog);
    const covering = new CoveringNames(live);
    const index = new SubscriptionIndex(covering);
    const state = {
      version: 1,
      module: 'orders',
      combines: [] as string[],
      schema: {},
      schemaCheck: 'off',
      deprecated: null,
      updatedAt: '',
    } as const;
    const change = (work: () => unknown) => (work(), covering.forget());
    index.set(aSubscription({ id: 'wh_type', events: ['order_lost', 'order_lost'] }));
    index.set(aSubscription({ id: 'wh_combined', events: ['LOSSES', 'order_lost'] }));
    index.set(aSubscription({ id: 'wh_module', events: ['orders:*', 'order_created'] }));
    const found = (type: string) => index.match(anEvent({ type })).sort();
    expect(found('order_created')).toEqual(['wh_module']);
    change(() => live.set({ ...state, name: 'LOSSES', combines: ['order_lost', 'order_created'] }));
    expect(found('order_created')).toEqual(['wh_combined', 'wh_module']);
    change(() => live.set({ ...state, name: 'order_lost' }));
    expect(found('order_lost')).toEqual(['wh_combined', 'wh_module', 'wh_type']);
    change(() => live.set({ ...state, name: 'LOSSES', version: 2, combines: ['order_lost'] }));
    expect(found('order_created')).toEqual(['wh_module']);
    change(() => (live.delete('LOSSES'), live.delete('order_lost')));
    expect(live.isKnown('order_lost')).toBe(false); // the router passes such events over
    change(() => live.set({ ...state, name: 'order_lost', version: 3 }));
    expect(found('order_lost')).toEqual(['wh_combined', 'wh_module', 'wh_type']);
  });

  it('takes less than 1 kB for a webhook', () => {
    setFlagsFromString('--expose-gc');
    const heap = () => ((runInNewContext('gc') as () => void)(), process.memoryUsage().heapUsed);
    const index = new SubscriptionIndex(new CoveringNames(catalog));
    const before = heap();
    for (let i = 0; i < 20_000; i++) {
      const id = `wh_01kafwq2zk5w8mx0q3b${String(i).padStart(7, '0')}`;
      index.set(
        aSubscription({ id, accountId: `account-${i % 5_000}`, channelId: `channel-${i % 100}`, events: ['order_created', 'messages:*'] }),
      );
    }
    expect((heap() - before) / 20_000).toBeLessThan(1_000);
    expect(index.size).toBe(20_000);
  });

  it('tells whether an account has any webhook, be it disabled', () => {
    const index = indexOf(aSubscription(), aSubscription({ id: 'wh_2', status: 'disabled' }));
    const { accountId } = aSubscription();
    expect([index.hasAnyOf(accountId), index.hasAnyOf('another')]).toEqual([true, false]);
    index.delete('wh_1');
    expect(index.hasAnyOf(accountId)).toBe(true);
    index.set(aSubscription({ id: 'wh_2', accountId: 'another' }));
    expect([index.hasAnyOf(accountId), index.hasAnyOf('another')]).toEqual([false, true]);
  });

  it('keeps the filter of a webhook as long as it is enabled', () => {
    const index = indexOf(aSubscription({ filter: 'true' }), aSubscription({ id: 'wh_2', filter: null }));
    expect([index.filterOf('wh_1'), index.filterOf('wh_2')]).toEqual(['true', undefined]);
    index.set(aSubscription({ filter: 'false', status: 'disabled' }));
    expect(index.filterOf('wh_1')).toBeUndefined();
  });
});
