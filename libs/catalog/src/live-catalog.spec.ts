import { describe, expect, it } from '@jest/globals';
import { type EventTypeState, LiveCatalog } from './live-catalog.js';
import { loadCatalog } from './load-catalog.js';

const aState = (name: string, overrides: Partial<EventTypeState> = {}): EventTypeState => ({
  name,
  version: 1,
  module: 'orders',
  combines: [],
  schema: { type: 'object' },
  schemaCheck: 'off',
  deprecated: null,
  updatedAt: '2026-11-20T10:00:00.000Z',
  sample: { of: name },
  ...overrides,
});
const aCatalog = () => new LiveCatalog(loadCatalog());

describe('LiveCatalog', () => {
  it('has the types of the files and, while they are there, those of administrators', () => {
    const catalog = aCatalog();
    expect(catalog.set(aState('paid'))).toBe(true);
    expect(catalog.get('paid')).toMatchObject({ origin: 'admin', module: 'orders', sample: { of: 'paid' } });
    expect(catalog.topicOf('paid')).toBe('orders');
    expect(catalog.expand('paid')).toEqual({ types: ['paid'] });
    expect(catalog.modules().find(({ name }) => name === 'orders')?.eventTypes).toContain('paid');
    expect(catalog.delete('paid')).toBe(true);
    expect(catalog.delete('paid')).toBe(false);
    expect([catalog.get('paid'), catalog.expand('paid'), catalog.isKnown('paid')]).toEqual([undefined, undefined, false]);
    expect(catalog.eventTypes()).toEqual(loadCatalog().eventTypes());
  });

  it('lets nobody change or take away what a file defines', () => {
    const catalog = aCatalog();
    const before = catalog.get('order_created');
    expect(catalog.isFixed('order_created')).toBe(true);
    expect(catalog.set(aState('order_created', { module: 'users' }))).toBe(false);
    expect(catalog.delete('order_created')).toBe(false);
    expect(catalog.get('order_created')).toBe(before);
  });

  it('shows a combined type by its members as they are, whichever came first', () => {
    const catalog = aCatalog();
    catalog.set(aState('both', { combines: ['paid', 'order_created'], schema: null, sample: undefined }));
    expect(catalog.get('both')).toMatchObject({ schema: { anyOf: [{ required: expect.anything() }] } });
    catalog.set(aState('paid', { schema: { const: 1 }, sample: 1 }));
    expect(catalog.get('both')).toMatchObject({ schema: { anyOf: [{ const: 1 }, {}] }, sample: 1 });
    expect(catalog.isKnown('both')).toBe(false);
    expect(catalog.expand('both')).toEqual({ types: ['paid', 'order_created'] });
  });

  it('names every entry that stands for a type', () => {
    const catalog = aCatalog();
    catalog.set(aState('paid'));
    catalog.set(aState('both', { combines: ['paid', 'order_created'], schema: null }));
    expect(catalog.coveringNames('paid')).toEqual(['paid', 'both', 'orders:*', '*']);
    expect(catalog.coveringNames('MESSAGE_RECEIVED')).toEqual([
      'MESSAGE_RECEIVED',
      'RECEIVED_STATUS',
      'RECEIVED_AND_DELIVERY',
      'messages:*',
      '*',
    ]);
    expect(catalog.coveringNames('nope')).toEqual(['nope', '*']);
  });

  it('becomes what it is told as a whole, and keeps what did not change', () => {
    const catalog = aCatalog();
    catalog.set(aState('gone'));
    catalog.set(aState('same'));
    catalog.set(aState('newer'));
    const same = catalog.get('same');
    catalog.replaceAll([aState('same'), aState('newer', { version: 2, schemaCheck: 'warn' }), aState('added')]);
    expect(catalog.get('gone')).toBeUndefined();
    expect(catalog.get('same')).toBe(same);
    expect(catalog.get('newer')).toMatchObject({ version: 2, schemaCheck: 'warn' });
    expect(catalog.get('added')).toBeDefined();
  });
});
