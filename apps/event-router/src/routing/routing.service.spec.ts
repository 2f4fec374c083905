import { describe, expect, it } from '@jest/globals';
import { Logger } from '@nestjs/common';
import { Catalog, type EventType } from '#libs/catalog';
import { decodeDeliveryRequested, decodeEventUnmatched, encodeDomainEvent, type DomainEvent, type ReceivedRecord } from '#libs/contracts';
import { errorTable, idTail } from '#libs/kernel';
import { InMemoryPublisher } from '#libs/messaging';
import { anEvent } from '#libs/testing';
import { CoveringNames, SchemaChecks } from '../catalog/index.js';
import { CompiledFilters, RecipientFilter } from '../filters/index.js';
import { SubscriptionIndex } from '../subscriptions/index.js';
import { EventAdmission } from './event-admission.js';
import { FanOut } from './fan-out.js';
import { RecentEvents } from './recent-events.js';
import { RoutingService } from './routing.service.js';
import { PublishedUnmatchedEvents } from './unmatched-events.js';

Logger.overrideLogger(false);

const NOW = Date.UTC(2026, 10, 20, 12);
const TOPIC = 'hookstream.deliveries';
const UNMATCHED = 'hookstream.unmatched-events';
const aType = (name: string, combines: string[] = [], module = 'orders', more: Partial<EventType> = {}): EventType => ({
  name,
  module,
  combines,
  label: name,
  description: name,
  updatedAt: '2026-11-20T00:00:00Z',
  schema: {},
  sample: {},
  origin: 'shipped',
  version: 1,
  schemaCheck: 'off',
  redact: [],
  deprecated: null,
  ...more,
});
const catalog = new Catalog(
  [
    { name: 'orders', label: 'Orders', topic: 'orders' },
    { name: 'synthetic', label: 'Synthetic', topic: null },
  ],
  [
    aType('order_created'),
    aType('order_updated'),
    aType('ORDERS', ['order_created', 'order_updated']),
    aType('test.webhook', [], 'synthetic'),
    aType('strict', [], 'orders', { schemaCheck: 'reject', schema: { type: 'object', required: ['total'] } }),
    aType('lenient', [], 'orders', { schemaCheck: 'warn', schema: { type: 'object', required: ['total'] } }),
    aType('broken', [], 'orders', { schemaCheck: 'reject', schema: { type: 'no such type' } }),
  ],
);

function router(publisher = new InMemoryPublisher()) {
  const index = new SubscriptionIndex(new CoveringNames(catalog));
  const recent = new RecentEvents({ windowMs: 600_000, maxEvents: 1_000 }, NOW);
  const service = new RoutingService(
    new EventAdmission(catalog, new SchemaChecks()),
    new RecipientFilter(index, new CompiledFilters()),
    recent,
    new FanOut(publisher, TOPIC),
    new PublishedUnmatchedEvents(publisher, UNMATCHED, index),
    { now: () => NOW },
  );
  const subscribe = (id: string, events = ['*'], channelId: string | null = null, filter: string | null = null) =>
    index.set({ id, accountId: 'default', channelId, events, status: 'enabled', filter });
  let offset = 0;
  const recordOf = (event: Partial<DomainEvent> = {}): ReceivedRecord => ({
    ...encodeDomainEvent(anEvent({ id: 'e-1', ...event })),
    topic: 'anything',
    partition: 0,
    offset: String(offset++),
    timestamp: NOW,
    key: null,
  });
  const route = (record: ReceivedRecord, lost = () => false) => service.route(record, { lost });
  return { subscribe, recordOf, route };
}
const requestsOn = (publisher: InMemoryPublisher) => publisher.on(TOPIC).map(decodeDeliveryRequested);

describe('RoutingService', () => {
  it('asks for one delivery per matching webhook, with the event as it was published', async () => {
    const publisher = new InMemoryPublisher();
    const { subscribe, recordOf, route } = router(publisher);
    subscribe('wh_1', ['order_created', 'ORDERS', 'orders:*']);
    subscribe('wh_2', ['order_updated']);
    subscribe('wh_3', ['ORDERS'], 'c-1');
    const event = { channelId: 'c-1', context: '{"a":1.0}', traceparent: '00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01' };
    expect(await route(recordOf(event))).toEqual({ kind: 'done' });
    const requests = requestsOn(publisher);
    expect(requests.map(({ webhookId }) => webhookId).sort()).toEqual(['wh_1', 'wh_3']);
    for (const request of requests) {
      expect(request).toMatchObject({
        attempt: 1,
        trigger: 'event',
        requestedAt: '2026-11-20T12:00:00.000Z',
        event: anEvent({ id: 'e-1', ...event }),
      });
      expect(request.event.data).toEqual(anEvent().data);
    }
    expect(publisher.on(TOPIC).map(({ key }) => key)).toEqual(requests.map(({ webhookId }) => webhookId));
  });

  it('gives a delivery the same id whenever it is routed, and each delivery its own', async () => {
    const [first, second] = [new InMemoryPublisher(), new InMemoryPublisher()];
    for (const publisher of [first, second]) {
      const { subscribe, recordOf, route } = router(publisher);
      subscribe('wh_1');
      subscribe('wh_2');
      await route(recordOf());
      await route(recordOf({ source: '/other' }));
    }
    const ids = requestsOn(first).map(({ deliveryId }) => deliveryId);
    expect(requestsOn(second).map(({ deliveryId }) => deliveryId)).toEqual(ids);
    expect(new Set(ids.map(idTail)).size).toBe(4);
  });

  it('passes over a second copy, and lets the first one through again', async () => {
    const publisher = new InMemoryPublisher();
    const { subscribe, recordOf, route } = router(publisher);
    subscribe('wh_1');
    const [first, copy] = [recordOf(), recordOf()];
    expect(await route(first)).toEqual({ kind: 'done' });
    expect(await route(copy)).toEqual({ kind: 'skip', reason: 'repeat' });
    expect(await route(first)).toEqual({ kind: 'done' });
    expect(new Set(requestsOn(publisher).map(({ deliveryId }) => deliveryId)).size).toBe(1);
  });

  it('routes a second copy when the first went to nobody', async () => {
    const publisher = new InMemoryPublisher();
    const { subscribe, recordOf, route } = router(publisher);
    expect(await route(recordOf())).toEqual({ kind: 'skip', reason: 'no-webhook' });
    subscribe('wh_1');
    expect(await route(recordOf())).toEqual({ kind: 'done' });
  });

  it('tells of an event that nobody wants, with its data, where the account has any webhook', async () => {
    const publisher = new InMemoryPublisher();
    const { subscribe, recordOf, route } = router(publisher);
    const event = { channelId: 'c-1', context: '{"a":1.0}', traceparent: '00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01' };
    expect(await route(recordOf({ ...event, id: 'of nobody' }))).toEqual({ kind: 'skip', reason: 'no-webhook' });
    subscribe('wh_1', ['order_updated']);
    subscribe('wh_2', ['order_created'], 'c-1', 'false');
    expect(await route(recordOf({ ...event, id: 'no-type', type: 'strict', data: Buffer.from('{"total":1.10}') }))).toMatchObject({
      reason: 'no-webhook',
    });
    expect(await route(recordOf({ ...event, id: 'filtered' }))).toMatchObject({ reason: 'filtered' });
    expect(await route(recordOf({ ...event, id: 'matched', type: 'order_updated' }))).toEqual({ kind: 'done' });
    expect(await route(recordOf({ ...event, id: 'unknown', type: 'unheard_of' }))).toMatchObject({ reason: 'unknown-type' });
    const told = publisher.on(UNMATCHED).map(decodeEventUnmatched);
    expect(told.map(({ event: { id }, unmatchedAt }) => [id, unmatchedAt])).toEqual([
      ['no-type', '2026-11-20T12:00:00.000Z'],
      ['filtered', '2026-11-20T12:00:00.000Z'],
    ]);
    expect(told[0]!.event).toEqual(anEvent({ ...event, id: 'no-type', type: 'strict', data: Buffer.from('{"total":1.10}') }));
  });

  it('tells again of an event that could not be told, and passes over one that is too large to be', async () => {
    const publisher = new InMemoryPublisher();
    const { subscribe, recordOf, route } = router(publisher);
    subscribe('wh_1', ['order_updated']);
    publisher.unavailable();
    const record = recordOf();
    await expect(route(record)).rejects.toMatchObject({ code: 'BROKER_UNAVAILABLE' });
    publisher.unavailable(false);
    expect(await route(record)).toMatchObject({ kind: 'skip' });
    expect(publisher.on(UNMATCHED)).toHaveLength(1);
    const small = router(new InMemoryPublisher(10));
    small.subscribe('wh_1', ['order_updated']);
    expect(await small.route(small.recordOf())).toEqual({ kind: 'skip', reason: 'no-webhook' });
  });

  it('fails as the publisher fails, and goes through when the record is handed in again', async () => {
    const publisher = new InMemoryPublisher();
    const { subscribe, recordOf, route } = router(publisher);
    subscribe('wh_1');
    const record = recordOf();
    publisher.unavailable();
    await expect(route(record)).rejects.toMatchObject({ code: 'BROKER_UNAVAILABLE', retryable: true });
    publisher.unavailable(false);
    expect(await route(record)).toEqual({ kind: 'done' });
    expect(requestsOn(publisher)).toHaveLength(1);
  });

  it.each(['unheard_of', 'ORDERS', 'test.webhook'])('passes over %s, which does not travel on topics', async (type) => {
    const publisher = new InMemoryPublisher();
    const { subscribe, recordOf, route } = router(publisher);
    subscribe('wh_1');
    expect(await route(recordOf({ type }))).toEqual({ kind: 'skip', reason: 'unknown-type' });
    expect(publisher.records).toEqual([]);
  });

  it('hands what it cannot read to the dead letters, with a reason of the error table', async () => {
    const { recordOf, route } = router();
    const outcome = await route({ ...recordOf(), value: Buffer.from('{') });
    expect(outcome).toEqual({ kind: 'deadLetter', reason: 'JSON_INVALID' });
    const reasons = [
      'JSON_INVALID',
      'EVENT_VALUE_MISSING',
      'UTF8_INVALID',
      'JSON_TOO_DEEP',
      'EVENT_TYPE_MISSING',
      'EVENT_TOO_LARGE',
      'CE_ATTRIBUTE_MISSING',
    ];
    expect(reasons.filter((reason) => !errorTable().has(reason))).toEqual([]);
  });

  it('calls an event too large when its delivery request is', async () => {
    const { subscribe, recordOf, route } = router(new InMemoryPublisher(10));
    subscribe('wh_1');
    expect(await route(recordOf())).toEqual({ kind: 'deadLetter', reason: 'EVENT_TOO_LARGE' });
  });

  it('leaves the rest of a fan-out to the new owner of a partition it has lost', async () => {
    const publisher = new InMemoryPublisher();
    const { subscribe, recordOf, route } = router(publisher);
    for (let i = 0; i < 1_000; i++) subscribe(`wh_${i}`);
    const outcome = await route(recordOf(), () => publisher.records.length > 0);
    expect(outcome.kind).toBe('retryLater');
    expect(publisher.records.length).toBeLessThan(1_000);
  });

  it('asks a webhook with a filter only for what satisfies it, and one beside it without a filter for everything', async () => {
    const publisher = new InMemoryPublisher();
    const { subscribe, recordOf, route } = router(publisher);
    subscribe('wh_all');
    subscribe('wh_big', ['*'], null, 'data.total > 100 && data.id == 12345678901234567890');
    const data = (total: number) => Buffer.from(`{"total":${total},"id":12345678901234567890}`);
    await route(recordOf({ id: 'small', data: data(99.5) }));
    await route(recordOf({ id: 'big', data: data(100.5) }));
    const asked = requestsOn(publisher).map(({ event, webhookId, refused }) => [event.id, webhookId, refused]);
    expect(asked.sort()).toEqual([
      ['big', 'wh_all', undefined],
      ['big', 'wh_big', undefined],
      ['small', 'wh_all', undefined],
    ]);
  });

  it('passes over an event that no filter wants, and routes it when it is published again to one that does', async () => {
    const { subscribe, recordOf, route } = router();
    subscribe('wh_1', ['*'], null, 'type == "order_updated"');
    expect(await route(recordOf())).toEqual({ kind: 'skip', reason: 'filtered' });
    subscribe('wh_1', ['*'], null, 'type == "order_created"');
    expect(await route(recordOf())).toEqual({ kind: 'done' });
  });

  it.each([
    ['data.missing > 1', 'there is no missing'],
    ['this is no filter', 'the filter is not valid'],
  ])('asks for a delivery that ends as refused when the filter fails: %s', async (filter, detail) => {
    const publisher = new InMemoryPublisher();
    const { subscribe, recordOf, route } = router(publisher);
    subscribe('wh_failing', ['*'], null, filter);
    subscribe('wh_fine', ['*'], null, 'true');
    expect(await route(recordOf())).toEqual({ kind: 'done' });
    const refused = new Map(requestsOn(publisher).map((request) => [request.webhookId, request.refused]));
    expect(refused.get('wh_failing')).toEqual({ code: 'filter_failed', detail: expect.stringContaining(detail) });
    expect(refused.get('wh_fine')).toBeUndefined();
    expect(refused.size).toBe(2);
  });

  it('lets other work go on while the filters of an event take long', async () => {
    const { subscribe, recordOf, route } = router();
    for (let i = 0; i < 100; i++) subscribe(`wh_${i}`, ['*'], null, `data.exists(a, data.exists(b, a + b == -${i + 1}))`);
    let turns = 0;
    const ticking = setInterval(() => turns++, 1);
    await route(recordOf({ data: Buffer.from(JSON.stringify(Array.from({ length: 150 }, (_, i) => i))) }));
    clearInterval(ticking);
    expect(turns).toBeGreaterThan(2);
  });

  it('hands data that does not fit its schema to the dead letters when its type rejects it, and only then', async () => {
    const publisher = new InMemoryPublisher();
    const { subscribe, recordOf, route } = router(publisher);
    subscribe('wh_1');
    const [fits, misses] = [Buffer.from('{"total":1}'), Buffer.from('{"sum":1}')];
    expect(await route(recordOf({ type: 'strict', data: fits, id: 'e-2' }))).toEqual({ kind: 'done' });
    expect(await route(recordOf({ type: 'strict', data: misses, id: 'e-3' }))).toEqual({ kind: 'deadLetter', reason: 'SCHEMA_MISMATCH' });
    expect(await route(recordOf({ type: 'lenient', data: misses, id: 'e-4' }))).toEqual({ kind: 'done' });
    expect(await route(recordOf({ type: 'order_created', data: misses, id: 'e-5' }))).toEqual({ kind: 'done' });
    expect(errorTable().has('SCHEMA_MISMATCH')).toBe(true);
  });

  it('routes events of a type whose schema is none', async () => {
    const { subscribe, recordOf, route } = router();
    subscribe('wh_1');
    expect(await route(recordOf({ type: 'broken' }))).toEqual({ kind: 'done' });
    expect(await route(recordOf({ type: 'broken', id: 'e-2', dataContentType: 'text/plain', data: Buffer.from('<') }))).toEqual({
      kind: 'done',
    });
  });
});
