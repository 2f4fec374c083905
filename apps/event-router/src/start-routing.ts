import { setTimeout as delay } from 'node:timers/promises';
import { type INestApplication, Logger } from '@nestjs/common';
import { Catalog } from '#libs/catalog';
import { domainTopic, topicName, Topics } from '#libs/contracts';
import { KafkaConnection, KafkaConsumerStrategy, TopicAdmin } from '#libs/messaging';
import { HealthRegistry } from '#libs/runtime';
import { EventTypeFeed } from './catalog/index.js';
import type { EventRouterEnv } from './config.js';
import { DOMAIN_EVENTS } from './routing/index.js';
import { SubscriptionFeed } from './subscriptions/index.js';

const RETRY_MS = 1_000;

/**
 * Makes the application consume, in the order that must hold: the topics exist, then every event type is in the catalog
 * and every webhook in the index, then the first event is read. The other way round, events would be routed against a part
 * of them and the deliveries that follow from the rest be lost.
 */
export async function startRouting(app: INestApplication, env: EventRouterEnv): Promise<void> {
  const connection = app.get(KafkaConnection);
  const prefix = env.TOPIC_PREFIX;
  const domainTopics = [...new Set([...app.get(Catalog).topics(), ...env.DOMAIN_TOPICS])];
  const strategy = new KafkaConsumerStrategy(connection, {
    groupId: `${prefix}.event-router`,
    subscriptions: { [DOMAIN_EVENTS]: domainTopics },
    deadLetterTopic: topicName(Topics.deadLetters, prefix),
  });
  app.get(HealthRegistry).register('domain-events', () => strategy.health());
  await ensureTopics(connection, domainTopics, env);
  await Promise.all([app.get(EventTypeFeed).load(), app.get(SubscriptionFeed).load()]);
  app.connectMicroservice({ strategy });
  await app.startAllMicroservices();
}

/**
 * Whoever starts first creates what it reads and writes, so that services start in any order. While Kafka is away this
 * waits, unready, as everything does that comes after: to end the process would not bring Kafka back.
 */
async function ensureTopics(connection: KafkaConnection, domainTopics: readonly string[], env: EventRouterEnv): Promise<void> {
  const { webhooks, eventTypes, deliveries, unmatchedEvents, deadLetters } = Topics;
  const topics = [webhooks, eventTypes, deliveries, unmatchedEvents, deadLetters, ...domainTopics.map(domainTopic)];
  const layout = { partitions: env.TOPIC_PARTITIONS, replicationFactor: env.TOPIC_REPLICATION, prefix: env.TOPIC_PREFIX };
  for (;;) {
    try {
      return await new TopicAdmin(connection).ensureTopics(topics, layout);
    } catch (err) {
      new Logger('topics').warn({ err, retryInMs: RETRY_MS }, 'topics.not-ensured');
      await delay(RETRY_MS);
    }
  }
}
