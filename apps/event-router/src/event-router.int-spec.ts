import { describe, expect, it } from '@jest/globals';
import { FastifyAdapter, type NestFastifyApplication } from '@nestjs/platform-fastify';
import { Test } from '@nestjs/testing';
import { Catalog, LiveCatalog, type EventType } from '#libs/catalog';
import {
  decodeDeliveryRequested,
  decodeEventUnmatched,
  encodeEventTypeState,
  encodeEventTypeTombstone,
  encodeWebhookState,
  encodeWebhookTombstone,
  type EventTypeStateV1,
  headerText,
  topicName,
  Topics,
  type WebhookStateV1,
} from '#libs/contracts';
import { idTail } from '#libs/kernel';
import { HealthRegistry } from '#libs/runtime';
import { aWebhook, closeAfterTest, closesResources, eventually, kafkaBrokers, TestKafka, uniqueName } from '#libs/testing';
import { AppModule } from './app.module.js';
import { EventTypeFeed } from './catalog/index.js';
import { loadEnv } from './config.js';
import { startRouting } from './start-routing.js';
import { SubscriptionFeed, SubscriptionIndex } from './subscriptions/index.js';

// Oracles: what a plain Kafka client reads from the topics. Each test has topics and a consumer group of its own.
closesResources();

const DATA = '{ "total": 12345678901234567890, "price":1.10, "name":"ünïcode \\ud800" }';

async function setUp(more: NodeJS.ProcessEnv = {}) {
  const prefix = uniqueName('hs');
  const orders = uniqueName('orders');
  const kafka = new TestKafka();
  closeAfterTest(() => kafka.close());
  const env = loadEnv({
    KAFKA_BROKERS: kafkaBrokers().join(','),
    TOPIC_PREFIX: prefix,
    TOPIC_PARTITIONS: '2',
    LOG_LEVEL: 'fatal',
    ...more,
  });
  const types = ['order_created', 'order_updated'].map((name): EventType => ({
    name,
    module: 'orders',
    label: '',
    description: '',
    updatedAt: '',
    combines: [],
    schema: {},
    sample: {},
    origin: 'shipped',
    version: 1,
    schemaCheck: 'off',
    redact: [],
    deprecated: null,
  }));
  const catalog = new Catalog([{ name: 'orders', label: 'Orders', topic: orders }], types);
  const topics = {
    orders,
    webhooks: `${prefix}.webhooks`,
    eventTypes: topicName(Topics.eventTypes, prefix),
    deliveries: topicName(Topics.deliveries, prefix),
    unmatched: topicName(Topics.unmatchedEvents, prefix),
    deadLetters: topicName(Topics.deadLetters, prefix),
  };

  /** A router that has not begun to read; closed at the end of the test at the latest. */
  const createRouter = async (): Promise<NestFastifyApplication> => {
    const module = await Test.createTestingModule({ imports: [AppModule.forRoot(env)] })
      .overrideProvider(LiveCatalog)
      .useValue(new LiveCatalog(catalog))
      .compile();
    const app = module.createNestApplication<NestFastifyApplication>(new FastifyAdapter(), { logger: false });
    await app.init();
    closeAfterTest(() => app.close());
    return app;
  };
  const startRouter = async (): Promise<NestFastifyApplication> => {
    const app = await createRouter();
    await startRouting(app, env);
    return app;
  };
  const createTopics = async () => {
    await kafka.createTopic(topics.webhooks, { partitions: 2, compact: true });
    await kafka.createTopic(topics.eventTypes, { partitions: 2, compact: true });
    await kafka.createTopic(topics.orders, { partitions: 2 });
  };
  const publishWebhooks = (...webhooks: WebhookStateV1[]) =>
    kafka.produce(
      topics.webhooks,
      webhooks.map((webhook) => encodeWebhookState(webhook, '/test') as never),
    );
  const publishTypes = (...types: EventTypeStateV1[]) =>
    kafka.produce(
      topics.eventTypes,
      types.map((type) => encodeEventTypeState(type, '/test') as never),
    );
  const publish = (id: string, headers: Record<string, string> = {}, value: string | Buffer | null = DATA, partition = 0) =>
    kafka.produce(orders, [
      { value, partition, headers: { ce_specversion: '1.0', ce_id: id, ce_source: '/shop', ce_type: 'order_created', ...headers } },
    ]);
  const publishPlain = (value: string | Buffer | null, key: string | null = null, headers = {}) =>
    kafka.produce(orders, [{ key, value, headers, partition: 0 }]);
  /** Delivery requests, once there are as many as expected, and any that came beyond. */
  const requests = async (count: number) => (await kafka.waitFor(topics.deliveries, count)).map(decodeDeliveryRequested);
  return { kafka, env, topics, createRouter, startRouter, createTopics, publishWebhooks, publishTypes, publish, publishPlain, requests };
}

describe('event-router', () => {
  it('routes the three shapes, data and context byte for byte', async () => {
    const { kafka, topics, createTopics, startRouter, publishWebhooks, publish, publishPlain, requests } = await setUp();
    await createTopics();
    const webhook = aWebhook({ accountId: 'acme', channelId: 'c-1' });
    await publishWebhooks(webhook, aWebhook(), aWebhook({ accountId: 'acme', channelId: 'c-2' }));
    await startRouter();
    await publish('binary', { ce_accountid: 'acme', ce_channelid: 'c-1', ce_context: '{"v":1.0}', 'content-type': 'application/json' });
    const members = `"type":"order_created","context": {"v":1.0} ,"data": ${DATA}`;
    await publishPlain(`{"specversion":"1.0","id":"structured","source":"/shop","accountid":"acme","channelid":"c-1",${members}}`, null, {
      'content-type': 'application/cloudevents+json',
    });
    await publishPlain(`{"id":"plain","accountId":"acme","channelId":"c-1",${members}}`);
    const routed = await requests(3);
    expect(routed.map(({ event }) => event.id).sort()).toEqual(['binary', 'plain', 'structured']);
    for (const { webhookId, attempt, trigger, event } of routed) {
      expect({ webhookId, attempt, trigger }).toEqual({ webhookId: webhook.id, attempt: 1, trigger: 'event' });
      expect(event).toMatchObject({ type: 'order_created', accountId: 'acme', channelId: 'c-1', context: '{"v":1.0}' });
      expect(event.data.toString('utf8')).toBe(DATA);
    }
    const records = await kafka.waitFor(topics.deliveries, 3);
    expect(records.map(({ key }) => key?.toString())).toEqual([webhook.id, webhook.id, webhook.id]);
  });

  it('asks for one delivery when an event is published twice, to one partition or to two', async () => {
    const { createTopics, startRouter, publishWebhooks, publish, requests } = await setUp();
    await createTopics();
    await publishWebhooks(aWebhook());
    await startRouter();
    await publish('same');
    await requests(1);
    await publish('same');
    await publish('same', {}, DATA, 1);
    await publish('last-0');
    await publish('last-1', {}, DATA, 1);
    expect((await requests(3)).map(({ event }) => event.id).sort()).toEqual(['last-0', 'last-1', 'same']);
  });

  it('puts three unreadable records aside with their reasons and routes the two around them', async () => {
    const { kafka, topics, createTopics, startRouter, publishWebhooks, publish, publishPlain, requests } = await setUp();
    await createTopics();
    await publishWebhooks(aWebhook());
    await startRouter();
    await publish('first');
    await publishPlain('{"type":"order_created","data":', 'key-1', { 'x-trace': 'kept' });
    await publishPlain(Buffer.from([0xff, 0xfe, 0x00]), 'key-2');
    await publishPlain(null, 'key-3');
    await publish('second');
    expect((await requests(2)).map(({ event }) => event.id).sort()).toEqual(['first', 'second']);
    const dead = await kafka.waitFor(topics.deadLetters, 3);
    const told = dead.map(({ key, value, headers }) => ({
      key: key?.toString(),
      value: value && [...value].length,
      reason: headerText(headers, 'ce_reason'),
      from: [headerText(headers, 'ce_topic'), headerText(headers, 'ce_partition'), headerText(headers, 'ce_offset')].join('-'),
    }));
    expect(told.sort((a, b) => a.key!.localeCompare(b.key!))).toEqual([
      { key: 'key-1', value: 31, reason: 'JSON_INVALID', from: `${topics.orders}-0-1` },
      { key: 'key-2', value: 3, reason: 'UTF8_INVALID', from: `${topics.orders}-0-2` },
      { key: 'key-3', value: null, reason: 'EVENT_VALUE_MISSING', from: `${topics.orders}-0-3` },
    ]);
    expect(headerText(dead.find(({ key }) => key?.toString() === 'key-1')!.headers, 'x-trace')).toBe('kept');
  });

  it('routes nothing before it knows every webhook', async () => {
    const { createTopics, createRouter, env, publishWebhooks, publish, requests } = await setUp();
    await createTopics();
    const webhooks = Array.from({ length: 1_000 }, () => aWebhook());
    await publishWebhooks(...webhooks);
    await publish('early');
    const app = await createRouter();
    const health = () => app.get(HealthRegistry).health().parts;
    const feed = app.get(SubscriptionFeed);
    const load = feed.load.bind(feed);
    const atLoad = Promise.withResolvers<ReturnType<typeof health>>();
    const slowness = Promise.withResolvers<void>();
    feed.load = async () => {
      atLoad.resolve(health());
      await slowness.promise;
      await load();
    };
    const started = startRouting(app, env);
    // However long the load takes, the consumer has not even been started.
    expect(await atLoad.promise).toMatchObject({
      webhooks: { ready: false, live: true },
      'domain-events': { ready: false, live: true, detail: 'not started' },
    });
    slowness.resolve();
    await started;
    expect(new Set((await requests(1_000)).map(({ webhookId }) => webhookId))).toEqual(new Set(webhooks.map(({ id }) => id)));
    await eventually(() => health()['webhooks']!.ready && health()['domain-events']!.ready);
  });

  it('follows webhooks as they are created, disabled, enabled and deleted', async () => {
    const { kafka, topics, startRouter, publishWebhooks, publish, requests } = await setUp();
    const app = await startRouter(); // creates the topics by itself
    const matches = () => app.get(SubscriptionIndex).match({ accountId: 'default', type: 'order_created' }).length;
    const [kept, changed] = [aWebhook(), aWebhook()];
    await publishWebhooks(kept, changed);
    await eventually(() => matches() === 2);
    // Each event is routed before the webhooks change again: what matters is the state when an event is routed.
    await publish('1 both');
    await requests(2);
    await publishWebhooks({ ...changed, version: 2, status: 'disabled' }, { ...changed, version: 1 });
    await eventually(() => matches() === 1);
    await publish('2 one');
    await requests(3);
    await publishWebhooks({ ...changed, version: 3 });
    await eventually(() => matches() === 2);
    await publish('3 both');
    await requests(5);
    const tombstone = { id: changed.id, version: 4, accountId: 'default', time: '2026-11-20T10:00:00Z' };
    await kafka.produce(topics.webhooks, [encodeWebhookTombstone(tombstone, '/test') as never]);
    await eventually(() => matches() === 1);
    await publish('4 one');
    const routed = await requests(6);
    expect(routed.map(({ event }) => event.id).sort()).toEqual(['1 both', '1 both', '2 one', '3 both', '3 both', '4 one']);
  });

  it('goes on after a restart where it stopped, with the same delivery ids for what it repeats', async () => {
    const { createTopics, startRouter, publishWebhooks, publish, requests } = await setUp();
    await createTopics();
    await publishWebhooks(aWebhook());
    const first = await startRouter();
    for (let i = 0; i < 50; i++) await publish(`before-${i}`, {}, DATA, i % 2);
    await first.close();
    for (let i = 0; i < 50; i++) await publish(`after-${i}`, {}, DATA, i % 2);
    await startRouter();
    const tails = (await requests(100)).map(({ deliveryId }) => idTail(deliveryId));
    expect(new Set(tails).size).toBe(100);
  });

  it('asks a webhook with a filter for what satisfies it, and tells of one that fails, beside a webhook without', async () => {
    const { createTopics, startRouter, publishWebhooks, publishPlain, requests } = await setUp();
    await createTopics();
    const [all, large, failing] = [
      aWebhook(),
      aWebhook({ filter: 'data.total > 100 && context.?region.orValue("eu") == "br"' }),
      aWebhook({ filter: 'data.nested.member == 1' }),
    ];
    await publishWebhooks(all, large, failing);
    await startRouter();
    const event = (id: string, rest: string) => publishPlain(`{"id":"${id}","type":"order_created",${rest}}`);
    await event('small', '"data":{"total":100}');
    await event('large', '"context":{"region":"br"},"data":{"total":100.5,"nested":{"member":1}}');
    const asked = (await requests(5)).map(({ event: { id }, webhookId, refused }) => [id, webhookId, refused?.code]);
    const expected = [
      ['small', all.id, undefined],
      ['small', failing.id, 'filter_failed'],
      ['large', all.id, undefined],
      ['large', large.id, undefined],
      ['large', failing.id, undefined],
    ];
    expect(asked.sort()).toEqual(expected.sort());
  });

  it('tells of events that no webhook of their account wanted, data byte for byte, and of no others', async () => {
    const { kafka, topics, createTopics, startRouter, publishWebhooks, publish, requests } = await setUp();
    await createTopics();
    await publishWebhooks(
      aWebhook({ accountId: 'acme', events: ['order_updated'] }),
      aWebhook({ accountId: 'off', status: 'disabled', version: 2 }),
    );
    await startRouter();
    await publish('of nobody', { ce_accountid: 'nobody' });
    await publish('unknown', { ce_accountid: 'acme', ce_type: 'stock_moved' });
    await publish('unwanted', { ce_accountid: 'acme', ce_context: '{"v":1.0}' });
    await publish('disabled', { ce_accountid: 'off' });
    await publish('wanted', { ce_accountid: 'acme', ce_type: 'order_updated' });
    expect((await requests(1)).map(({ event }) => event.id)).toEqual(['wanted']);
    const told = (await kafka.waitFor(topics.unmatched, 2)).map(decodeEventUnmatched);
    expect(told.map(({ event }) => event.id).sort()).toEqual(['disabled', 'unwanted']);
    const { event } = told.find(({ event: { id } }) => id === 'unwanted')!;
    expect(event).toMatchObject({ source: '/shop', type: 'order_created', accountId: 'acme', context: '{"v":1.0}' });
    expect(event.data.toString('utf8')).toBe(DATA);
  });

  it('tells nobody of them when it is not to', async () => {
    const { kafka, topics, createTopics, startRouter, publishWebhooks, publish, requests } = await setUp({
      TRACE_UNMATCHED_EVENTS: 'false',
    });
    await createTopics();
    await publishWebhooks(aWebhook({ events: ['order_updated'] }));
    await startRouter();
    await publish('unwanted');
    await publish('wanted', { ce_type: 'order_updated' });
    await requests(1);
    expect(await kafka.end(topics.unmatched)).toBe(0);
  });

  it("follows administrators' types as they are defined, combined, checked and deleted", async () => {
    const { kafka, topics, createTopics, startRouter, publishWebhooks, publishTypes, publish, requests } = await setUp();
    await createTopics();
    const [byName, byCombined, byModule] = [
      aWebhook({ events: ['order_lost'] }),
      aWebhook({ events: ['LOSSES', 'order_lost'] }),
      aWebhook({ events: ['orders:*'] }),
    ];
    await publishWebhooks(byName, byCombined, byModule);
    const common = {
      version: 1,
      module: 'orders',
      combines: [],
      schemaCheck: 'off',
      deprecated: null,
      updatedAt: '2026-11-20T10:00:00Z',
    } as const;
    const lost: EventTypeStateV1 = { ...common, name: 'order_lost', schema: { type: 'object', required: ['reason'] } };
    const losses: EventTypeStateV1 = { ...common, name: 'LOSSES', schema: null, combines: ['order_lost', 'order_updated'] };
    await publishTypes(losses, lost); // there before the router is, as after a restart
    const app = await startRouter();
    const catalog = app.get(LiveCatalog);
    await publish('lost', { ce_type: 'order_lost' }, '{}');
    await publish('updated', { ce_type: 'order_updated' }, '{}');
    expect((await requests(5)).map(({ event, webhookId }) => `${event.id} ${webhookId}`).sort()).toEqual(
      [`lost ${byName.id}`, `lost ${byCombined.id}`, `lost ${byModule.id}`, `updated ${byCombined.id}`, `updated ${byModule.id}`].sort(),
    );
    await publishTypes({ ...lost, version: 2, schemaCheck: 'reject' });
    await eventually(() => catalog.get('order_lost')?.version === 2);
    await publish('unfit', { ce_type: 'order_lost' }, '{}');
    await publish('fit', { ce_type: 'order_lost' }, '{"reason":"rain"}');
    expect((await requests(8)).filter(({ event }) => event.id === 'fit')).toHaveLength(3);
    const [dead] = await kafka.waitFor(topics.deadLetters, 1);
    expect([headerText(dead!.headers, 'ce_reason'), headerText(dead!.headers, 'ce_id')]).toEqual(['SCHEMA_MISMATCH', 'unfit']);
    const tombstone = { name: 'order_lost', version: 3, time: '2026-11-20T10:00:00Z' };
    await kafka.produce(topics.eventTypes, [encodeEventTypeTombstone(tombstone, '/test') as never]);
    await eventually(() => !catalog.isKnown('order_lost'));
    await publish('gone', { ce_type: 'order_lost' }, '{"reason":"rain"}');
    await publish('last', { ce_type: 'order_updated' }, '{}');
    expect((await requests(10)).map(({ event }) => event.id)).not.toContain('gone');
  });

  it('reads no event before it knows every type', async () => {
    const { createTopics, createRouter, env, publishWebhooks, publish, publishTypes, requests } = await setUp();
    await createTopics();
    await publishWebhooks(aWebhook());
    const common = {
      version: 1,
      module: 'orders',
      combines: [],
      schema: {},
      schemaCheck: 'off',
      deprecated: null,
      updatedAt: '2026-11-20T10:00:00Z',
    };
    await publishTypes({ ...common, name: 'order_lost' } as EventTypeStateV1);
    await publish('early', { ce_type: 'order_lost' });
    const app = await createRouter();
    const feed = app.get(EventTypeFeed);
    const load = feed.load.bind(feed);
    const slowness = Promise.withResolvers<void>();
    const asked = Promise.withResolvers<void>();
    feed.load = async () => {
      asked.resolve();
      await slowness.promise;
      await load();
    };
    const started = startRouting(app, env);
    await asked.promise;
    expect(app.get(HealthRegistry).health().parts).toMatchObject({ 'event-types': { ready: false }, 'domain-events': { ready: false } });
    slowness.resolve();
    await started;
    expect((await requests(1)).map(({ event }) => event.id)).toEqual(['early']);
  });
});
