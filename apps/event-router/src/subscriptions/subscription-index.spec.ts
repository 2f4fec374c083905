import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { Catalog, type EventType } from '#libs/catalog';
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
  const index = new SubscriptionIndex(catalog);
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
        const index = new SubscriptionIndex(catalog);
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
    expect((index as unknown as { buckets: Map<string, unknown> }).buckets.size).toBe(0);
  });
});
