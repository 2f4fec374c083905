import { describe, expect, it } from '@jest/globals';
import { Catalog, type EventType } from '#libs/catalog';
import { entriesCovering, entriesTouching } from './subscription-filter.js';

const type = (module: string, name: string, combines: string[] = []): EventType => ({
  name,
  module,
  label: name,
  description: '',
  updatedAt: '2026-11-20T10:00:00.000Z',
  combines,
  schema: {},
  sample: {},
  origin: 'shipped',
  version: 1,
  schemaCheck: 'off',
  redact: [],
  deprecated: null,
});
const catalog = new Catalog(
  [
    { name: 'orders', label: 'Orders', topic: 'orders' },
    { name: 'users', label: 'Users', topic: 'users' },
    { name: 'test', label: 'Test', topic: null },
  ],
  [
    type('orders', 'created'),
    type('orders', 'paid'),
    type('orders', 'either', ['created', 'paid']),
    type('users', 'joined'),
    type('test', 'test.webhook'),
  ],
);
const covering = (event: string): string[] => entriesCovering(catalog, event).sort();

describe('webhooks that get an event', () => {
  it.each([
    ['created', ['*', 'created', 'either', 'orders:*']],
    ['joined', ['*', 'joined', 'users:*']],
    ['either', ['*', 'either', 'orders:*']],
    ['orders:*', ['*', 'either', 'orders:*']],
    ['*', ['*']],
    ['vanished', ['vanished']],
    ['test.webhook', ['test.webhook']],
    ['nope:*', ['nope:*']],
  ])('%s say so by %j', (event, entries) => {
    expect(covering(event)).toEqual(entries);
  });

  it('of a module say so by anything of it', () => {
    expect(entriesTouching(catalog, 'orders').sort()).toEqual(['*', 'created', 'either', 'orders:*', 'paid']);
    expect(entriesTouching(catalog, 'nope')).toEqual(['nope:*']);
  });
});
