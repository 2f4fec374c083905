import { describe, expect, it } from '@jest/globals';
import { Scenario, expectedDeliveries, type PlannedEvent, type PlannedWebhook } from './scenario.js';

describe('a scenario', () => {
  it('depends on its seed alone', () => {
    const [one, same, other] = [new Scenario('r', 7), new Scenario('r', 7), new Scenario('r', 8)];
    expect([same.webhooks, same.events(50)]).toEqual([one.webhooks, one.events(50)]);
    expect(other.events(50)).not.toEqual(new Scenario('r', 7).events(50));
  });

  it('expects each event somewhere and never where it is forbidden, whatever the seed', () => {
    for (let seed = 0; seed < 100; seed++) {
      const scenario = new Scenario('r', seed);
      const events = scenario.events(20);
      const expected = expectedDeliveries(scenario.webhooks, events);
      const forbidden = scenario.webhooks.filter((webhook) => webhook.forbidden).map(({ name }) => name);
      expect(expected.filter(({ webhook }) => forbidden.includes(webhook))).toEqual([]);
      expect(new Set(expected.map(({ eventId }) => eventId)).size).toBe(20);
    }
  });
});

describe('the model of the promise', () => {
  const event: PlannedEvent = {
    id: 'e',
    topic: 'orders',
    type: 'order_created',
    accountId: 'acc',
    channelId: 'north',
    key: '',
    data: '{}',
  };
  const webhook: PlannedWebhook = {
    name: 'w',
    accountId: 'acc',
    channelId: null,
    events: ['order_created'],
    status: 'enabled',
    endpoint: 'prompt',
    forbidden: false,
  };

  it.each<[string, Partial<PlannedWebhook>, number]>([
    ['the type', {}, 1],
    ['its module', { events: ['orders:*'] }, 1],
    ['everything', { events: ['*'] }, 1],
    ['the type twice over', { events: ['order_created', 'orders:*', '*'] }, 1],
    ['the channel', { channelId: 'north' }, 1],
    ['another channel', { channelId: 'south' }, 0],
    ['another type', { events: ['order_updated', 'tickets:*'] }, 0],
    ['another account', { accountId: 'other' }, 0],
    ['it while disabled', { status: 'disabled' }, 0],
  ])('of a webhook that takes %s', (_, overrides, count) => {
    expect(expectedDeliveries([{ ...webhook, ...overrides }], [event])).toHaveLength(count);
  });
});
