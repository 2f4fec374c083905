import { Controller, Module, type INestApplication } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { Ctx, EventPattern, Payload } from '@nestjs/microservices';
import { FastifyAdapter } from '@nestjs/platform-fastify';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { headerText, type ReceivedRecord } from '#libs/contracts';
import { eventually } from '#libs/testing';
import { DONE, deadLetter, type BatchContext, type RecordOutcome } from './handler.js';
import { KafkaConnection } from './kafka-connection.js';
import { KafkaConsumerStrategy } from './kafka-consumer-strategy.js';
import { MessagingModule } from './messaging.module.js';
import { Publisher } from './publisher.js';
import { aRecord, textOf } from './testing-support/a-record.js';
import { BROKERS, KafkaBench } from './testing-support/kafka-bench.js';
import { TEST_MEMBERSHIP } from './testing-support/test-membership.js';

const seen: { pattern: string; value: string; partition: number }[] = [];

@Controller()
class OrdersConsumer {
  @EventPattern<string>('orders')
  handle(@Payload() records: readonly ReceivedRecord[], @Ctx() context: BatchContext): readonly (RecordOutcome | Promise<RecordOutcome>)[] {
    if (records.some((record) => textOf(record) === 'throw')) throw new TypeError('in the controller');
    return records.map((record) => {
      if (textOf(record) === 'reject') return Promise.reject(new TypeError('in a promise'));
      if (textOf(record) === 'bad') return deadLetter('JSON_INVALID');
      seen.push({ pattern: 'orders', value: textOf(record), partition: context.partition });
      return textOf(record) === 'now' ? DONE : Promise.resolve(DONE);
    });
  }
}

@Controller()
class TicketsConsumer {
  @EventPattern<string>('tickets')
  handle(@Payload() records: readonly ReceivedRecord[], @Ctx() context: BatchContext): readonly RecordOutcome[] {
    return records.map((record) => (seen.push({ pattern: 'tickets', value: textOf(record), partition: context.partition }), DONE));
  }
}

@Module({
  imports: [MessagingModule.forRoot({ settings: { brokers: BROKERS, clientId: 'strategy-test' }, topicPrefix: 'hookstream' })],
  controllers: [OrdersConsumer, TicketsConsumer],
})
class App {}

describe('KafkaConsumerStrategy in a Nest application', () => {
  let bench: KafkaBench;
  let app: INestApplication;
  beforeEach(async () => {
    seen.length = 0;
    bench = new KafkaBench();
    app = await NestFactory.create(App, new FastifyAdapter(), { logger: false });
  });
  afterEach(async () => {
    await app.close();
    await bench.close();
  });

  const connect = (subscriptions: Record<string, string[]>, deadLetterTopic = 'none', groupId = bench.name('group')) => {
    const strategy = new KafkaConsumerStrategy(app.get(KafkaConnection), {
      groupId,
      deadLetterTopic,
      subscriptions,
      retry: { firstDelayMs: 2 },
      membership: TEST_MEMBERSHIP,
      commitIntervalMs: 20,
    });
    app.connectMicroservice({ strategy }, { inheritAppConfig: false });
    return strategy;
  };

  it('calls the method of each subscription with the records of all its topics', async () => {
    const topics = [await bench.topic(), await bench.topic(), await bench.topic()];
    const strategy = connect({ orders: [topics[0]!, topics[1]!], tickets: [topics[2]!] });
    expect(strategy.health()).toMatchObject({ ready: false, live: true });
    await app.startAllMicroservices();
    const publisher = app.get(Publisher);
    await Promise.all(topics.map((topic, i) => publisher.publish(topic, aRecord('k', `${i}`))));
    await eventually(() => seen.length === 3);
    expect(new Set(seen.map(({ pattern, value }) => `${pattern}:${value}`))).toEqual(new Set(['orders:0', 'orders:1', 'tickets:2']));
    await eventually(() => strategy.health().ready);
  });

  it('takes outcomes at once, promised outcomes, rejections and what the method throws, each for its own record', async () => {
    const [orders, tickets, letters] = [await bench.topic(), await bench.topic(), await bench.topic()];
    const groupId = bench.name('group');
    await bench.publishAll(
      orders,
      ['now', 'throw', 'promised', 'reject', 'bad', 'now'].map((value) => aRecord('k', value)),
    );
    connect({ orders: [orders], tickets: [tickets] }, letters, groupId);
    await app.startAllMicroservices();
    await eventually(async () => (await bench.committed(groupId, orders))[0] === 6);
    expect(seen.map(({ value }) => value).toSorted()).toEqual(['now', 'now', 'promised']);
    const buried = (await bench.read(letters)).map((letter) => `${textOf(letter)}:${headerText(letter.headers, 'ce_reason')}`);
    expect(new Set(buried)).toEqual(new Set(['throw:HANDLER_FAILED', 'reject:HANDLER_FAILED', 'bad:JSON_INVALID']));
  });

  it('commits what ran and leaves the group when the application closes', async () => {
    const [orders, tickets] = [await bench.topic(), await bench.topic()];
    const groupId = bench.name('group');
    await bench.publishAll(orders, [aRecord('k', 'now')]);
    connect({ orders: [orders], tickets: [tickets] }, 'none', groupId);
    await app.startAllMicroservices();
    await eventually(() => seen.length === 1);
    await app.close();
    expect(await bench.committed(groupId, orders)).toEqual([1]);
    const { groups } = await bench.connection.withAdmin((admin) => admin.describeGroups([groupId]));
    expect(groups[0]!.members).toEqual([]);
  });

  it.each([
    ['a subscription without a handler', { orders: ['a'], tickets: ['b'], users: ['c'] }, 'subscription users has no handler'],
    ['a handler without a subscription', { orders: ['a'] }, 'handler tickets has no subscription'],
    ['a topic with two subscriptions', { orders: ['a'], tickets: ['a'] }, 'topic a has two subscriptions'],
    ['a subscription without topics', { orders: ['a'], tickets: [] }, 'subscription tickets has no topics'],
  ])('does not start with %s', async (_fault, subscriptions, message) => {
    connect(subscriptions);
    await expect(app.startAllMicroservices()).rejects.toThrow(message);
  });
});
