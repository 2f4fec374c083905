import { describe, expect, it } from '@jest/globals';
import { LiveCatalog, loadCatalog } from '#libs/catalog';
import { AppError, SystemClock } from '#libs/kernel';
import { InMemoryPublisher } from '#libs/messaging';
import { EventService } from './event.service.js';

const CALLER = { accountId: 'default', actor: 'admin', keyId: null, scopes: new Set(['admin' as const]) };
const REQUEST = { type: 'order_created', id: 'e1', time: undefined, channelId: undefined, context: undefined, data: Buffer.from('{}') };

function aService(publisher = new InMemoryPublisher()) {
  const catalog = new LiveCatalog(loadCatalog());
  for (const schemaCheck of ['warn', 'reject'] as const) {
    const schema = {
      type: 'object',
      required: ['total'],
      properties: { total: { type: 'integer' }, lines: { type: 'array', items: { type: 'object' } } },
    };
    catalog.set({ name: schemaCheck, version: 1, module: 'orders', combines: [], schema, schemaCheck, deprecated: null, updatedAt: '' });
  }
  const deprecated = { since: '2026-11-20', message: null, replacedBy: 'order_created' };
  catalog.set({ name: 'old', version: 1, module: 'orders', combines: [], schema: {}, schemaCheck: 'off', deprecated, updatedAt: '' });
  return { service: new EventService(catalog, publisher, new SystemClock()), publisher };
}

describe('publishing an event', () => {
  it('says when to come back while Kafka is away', async () => {
    const { service, publisher } = aService();
    publisher.unavailable();
    await expect(service.publish(CALLER, REQUEST)).rejects.toMatchObject({
      code: 'EVENT_NOT_ACCEPTED',
      kind: 'unavailable',
      retryAfterSeconds: 2,
    });
  });

  it('calls an event too large when Kafka does', async () => {
    const { service } = aService(new InMemoryPublisher(1));
    await expect(service.publish(CALLER, REQUEST)).rejects.toMatchObject({ code: 'EVENT_TOO_LARGE' });
  });

  it("names the source by account, so that accounts cannot repeat each other's events", async () => {
    const { service, publisher } = aService();
    await service.publish(CALLER, REQUEST);
    await service.publish({ ...CALLER, accountId: 'other' }, REQUEST);
    expect(publisher.on('orders').map(({ headers }) => headers['ce_source'])).toEqual([
      '/accounts/default/events',
      '/accounts/other/events',
    ]);
  });

  it('refuses a type that does not travel', async () => {
    const { service } = aService();
    const fields = [{ field: 'type', rule: 'unknown-event-type' }];
    await expect(service.publish(CALLER, { ...REQUEST, type: 'nope' })).rejects.toMatchObject({ code: 'VALIDATION_FAILED', fields });
  });
});

describe('publishing data that does not fit the schema of its type', () => {
  const data = Buffer.from('{"lines":[{},1]}');
  const faults = [
    { field: 'data/total', rule: 'schema.required' },
    { field: 'data/lines/1', rule: 'schema.type' },
  ];

  it('is refused with the place of each fault where the type says reject', async () => {
    const { service, publisher } = aService();
    const refusal = { code: 'VALIDATION_FAILED', fields: faults };
    await expect(service.publish(CALLER, { ...REQUEST, type: 'reject', data })).rejects.toMatchObject(refusal);
    expect(publisher.records).toHaveLength(0);
  });

  it('is told where the type says warn, and the event is published', async () => {
    const { service, publisher } = aService();
    expect(await service.publish(CALLER, { ...REQUEST, type: 'warn', data })).toMatchObject({ id: 'e1', warnings: faults });
    expect(publisher.records).toHaveLength(1);
  });

  it('is taken where the type says nothing', async () => {
    const { service } = aService();
    expect(await service.publish(CALLER, { ...REQUEST, data })).toEqual({ id: 'e1', warnings: [] });
  });
});

describe('publishing an event of a deprecated type', () => {
  it('says what to use instead', async () => {
    const { service } = aService();
    const { warnings } = await service.publish(CALLER, { ...REQUEST, type: 'old' });
    expect(warnings).toEqual([{ field: 'type', rule: 'deprecated', message: 'old is deprecated since 2026-11-20, use order_created' }]);
  });
});

describe('publishing a batch', () => {
  it('gives each event its own result, in their order', async () => {
    const { service, publisher } = aService();
    const unreadable = new AppError('EVENT_TOO_LARGE', 'too large');
    const items = [
      REQUEST,
      unreadable,
      { ...REQUEST, id: 'e2', type: 'nope' },
      { ...REQUEST, id: undefined },
      { ...REQUEST, id: 'e3', type: 'reject' },
    ];
    const results = await service.publishBatch(CALLER, items);
    expect(results).toMatchObject([
      { id: 'e1' },
      { error: { code: 'EVENT_TOO_LARGE' } },
      { id: 'e2', error: { code: 'VALIDATION_FAILED' } },
      { id: expect.stringMatching(/^evt_/) },
      { id: 'e3', error: { code: 'VALIDATION_FAILED', fields: [{ field: 'data/total' }] } },
    ]);
    expect(publisher.records).toHaveLength(2);
  });

  it('writes an event that occurs twice once, and refuses another one with its id', async () => {
    const { service, publisher } = aService();
    const results = await service.publishBatch(CALLER, [REQUEST, REQUEST, { ...REQUEST, data: Buffer.from('{ }') }]);
    expect(results).toMatchObject([{ id: 'e1' }, { id: 'e1' }, { id: 'e1', error: { fields: [{ field: 'id', rule: 'unique' }] } }]);
    expect(publisher.records).toHaveLength(1);
  });

  it('fails as a whole when Kafka takes none of it', async () => {
    const { service, publisher } = aService();
    publisher.unavailable();
    const failing = service.publishBatch(CALLER, [REQUEST, { ...REQUEST, type: 'nope', id: 'e2' }]);
    await expect(failing).rejects.toMatchObject({ code: 'EVENT_NOT_ACCEPTED', retryAfterSeconds: 2 });
  });

  it('names the events that Kafka did not take by id, so that they can be sent again', async () => {
    const { service, publisher } = aService();
    const publish = publisher.publish.bind(publisher);
    publisher.publish = (topic, record) => {
      publisher.unavailable(topic === 'users');
      return publish(topic, record);
    };
    const results = await service.publishBatch(CALLER, [REQUEST, { ...REQUEST, id: undefined, type: 'user.created' }]);
    expect(results).toMatchObject([{ id: 'e1' }, { id: expect.stringMatching(/^evt_/), error: { code: 'EVENT_NOT_ACCEPTED' } }]);
  });
});
