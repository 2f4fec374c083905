import { describe, expect, it } from '@jest/globals';
import { loadCatalog } from '#libs/catalog';
import { anEvent } from '#libs/testing';
import { WantedEvents, type Wishes } from './wanted-events.js';

const catalog = loadCatalog();
const event = anEvent({ type: 'order_created', accountId: 'default', channelId: 'c', data: Buffer.from('{"n":1}') });
const wishes: Wishes = { accountId: 'default', channelId: null, events: ['*'], filter: null };
const wants = (change: Partial<Wishes>, of = event) => new WantedEvents({ ...wishes, ...change }, catalog).wants(of);

describe('what a webhook would get', () => {
  it.each<[boolean, Partial<Wishes>]>([
    [true, {}],
    [true, { events: ['order_created'] }],
    [true, { events: ['orders:*'] }],
    [false, { events: ['tickets:*'] }],
    [false, { accountId: 'other' }],
    [true, { channelId: 'c' }],
    [false, { channelId: 'd' }],
    [true, { filter: 'data.n == 1.0' }],
    [false, { filter: 'data.n == 2.0' }],
    [false, { filter: 'data.nothing.at.all == 1' }],
    [false, { filter: 'not a filter' }],
  ])('is %p: %p', (expected, change) => {
    expect(wants(change)).toBe(expected);
  });

  it('is no type that the catalog lacks or that does not travel', () => {
    expect(wants({}, { ...event, type: 'nope' })).toBe(false);
    expect(wants({}, { ...event, type: 'test.webhook' })).toBe(false);
  });

  it('lies on every topic that is routed, most likely on those of its types', () => {
    const topics = new WantedEvents({ ...wishes, events: ['order_created', 'tickets:*'] }, catalog).topics(['returns', 'orders']);
    expect(topics.slice(0, 3)).toEqual(['orders', 'tickets', 'returns']);
    expect([...topics].sort()).toEqual([...new Set([...catalog.topics(), 'returns'])].sort());
    expect(new WantedEvents({ ...wishes, events: ['nope'] }, catalog).topics(['returns'])).toEqual([]);
  });
});
