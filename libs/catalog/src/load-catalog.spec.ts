import { describe, expect, it } from '@jest/globals';
import { fileURLToPath } from 'node:url';
import { loadCatalog } from './load-catalog.js';

const fixture = (name: string) => fileURLToPath(new URL(`../fixtures/${name}`, import.meta.url));

describe('the shipped catalog', () => {
  const catalog = loadCatalog();

  // The table of the contract, name for name.
  it.each([
    [
      'messages',
      ['MESSAGE_RECEIVED', 'MESSAGE_DELIVERY', 'MESSAGE_STATUS', 'PRESENCE_CHAT', 'BLOCK', 'RECEIVED_STATUS', 'RECEIVED_AND_DELIVERY'],
    ],
    ['channels', ['CONNECTED', 'DISCONNECTED', 'INITIAL_DATA']],
    ['orders', ['order_created', 'order_updated']],
    ['products', ['product_created', 'product_updated']],
    ['forms', ['form_submitted']],
    ['contacts', ['contact_updated']],
    ['tickets', ['ticket.created', 'ticket.closed', 'ticket.reopened']],
    ['users', ['user.created', 'user.updated', 'user.deleted']],
    ['servers', ['server.created', 'server.deleted']],
    ['transactions', ['transaction.created', 'transaction.success', 'transaction.failed', 'transaction.refunded']],
  ])('has of %s exactly the types of the contract, on the topic of that name', (name, types) => {
    const module = catalog.modules().find((candidate) => candidate.name === name);
    expect(module).toMatchObject({ name, topic: name });
    expect([...module!.eventTypes].sort()).toEqual([...types].sort());
    expect(catalog.topics()).toContain(name);
  });

  it('has no other module and routes no other topic', () => {
    expect(catalog.modules()).toHaveLength(10);
    expect(catalog.topics()).toHaveLength(10);
  });

  it('combines what the contract combines', () => {
    expect(catalog.expand('RECEIVED_STATUS')).toEqual({ types: ['MESSAGE_RECEIVED', 'MESSAGE_STATUS'] });
    expect(catalog.expand('RECEIVED_AND_DELIVERY')).toEqual({ types: ['MESSAGE_RECEIVED', 'MESSAGE_DELIVERY'] });
  });

  it('knows test.webhook, which can be neither published nor subscribed to', () => {
    expect(catalog.get('test.webhook')?.label).toBe('Test');
    expect(catalog.isKnown('test.webhook')).toBe(false);
    expect(catalog.expand('test.webhook')).toBeUndefined();
    expect(catalog.expand('synthetic:*')).toBeUndefined();
  });

  it('gives every type a label, a description, a schema, a sample and a date', () => {
    for (const type of catalog.eventTypes()) {
      expect(type).toMatchObject({
        updatedAt: '2026-11-20T00:00:00Z',
        schema: { $schema: 'https://json-schema.org/draft/2020-12/schema' },
      });
      expect(type.label.length).toBeGreaterThan(3);
      expect(type.description).toMatch(/\.$/);
      expect(JSON.parse(catalog.sampleBytes(type.name)!.toString('utf8'))).toEqual(type.sample);
      expect(Object.keys(type.sample as object).length).toBeGreaterThan(0);
    }
  });

  it('names the fields of a received message as the Z_API format reads them', () => {
    const { properties } = catalog.get('MESSAGE_RECEIVED')!.schema as { properties: object };
    const read =
      'messageId phone fromMe moment status chatName senderName senderPhoto photo participantPhone participantLid senderLid connectedPhone broadcast isStatusReply isEdit isGroup isNewsletter waitingMessage text image audio video document contact location sticker reaction';
    expect(Object.keys(properties).sort()).toEqual(read.split(' ').sort());
  });
});

describe("a deployment's own catalog", () => {
  it('adds modules, and types to shipped modules', () => {
    const catalog = loadCatalog(fixture('extension'));
    expect(catalog.topics()).toContain('acme.billing');
    expect(catalog.topicOf('invoice:issued')).toBe('acme.billing');
    expect(catalog.topicOf('order_archived')).toBe('orders');
    expect(catalog.expand('ORDER_LIFE')).toEqual({ types: ['order_created', 'order_archived'] });
    expect(catalog.isKnown('MESSAGE_RECEIVED')).toBe(true);
  });

  it('cannot redefine a shipped type', () => {
    const message = `${fixture('redefinition/mine.yaml')}: order_created is already defined in orders.yaml`;
    expect(() => loadCatalog(fixture('redefinition'))).toThrow(expect.objectContaining({ code: 'CATALOG_INVALID', message }));
  });

  it.each(['empty', 'absent'])('is refused when its folder is %s', (name) => {
    expect(() => loadCatalog(fixture(name))).toThrow(expect.objectContaining({ code: 'CATALOG_INVALID' }));
  });
});
