import type { INestApplication } from '@nestjs/common';
import { topicName, Topics } from '#libs/contracts';
import { KafkaConnection, KafkaConsumerStrategy, TopicAdmin } from '#libs/messaging';
import { HealthRegistry } from '#libs/runtime';
import { DELIVERY_REQUESTS } from './attempts/index.js';
import type { DeliveryServiceEnv } from './config.js';
import { WebhookView } from './webhooks/index.js';

const TOPICS = [Topics.webhooks, Topics.deliveries, Topics.attempts, Topics.outcomes, Topics.deadLetters];

const WINDOW_RECORDS = 2000;
/** Longer than the longest attempt, so that a rebalance waits for what is under way. */
const REBALANCE_DRAIN_MS = 32_000;

/** Adds the consumer of delivery requests to the app; it starts with `startConsumers`. */
export function connectConsumers(app: INestApplication, env: DeliveryServiceEnv): void {
  const strategy = new KafkaConsumerStrategy(app.get(KafkaConnection), {
    groupId: `${env.TOPIC_PREFIX}.delivery-service`,
    subscriptions: { [DELIVERY_REQUESTS]: [topicName(Topics.deliveries, env.TOPIC_PREFIX)] },
    deadLetterTopic: topicName(Topics.deadLetters, env.TOPIC_PREFIX),
    // What waits for its lane or its retry waits in the window: the larger it is, the longer one slow webhook stays its own trouble.
    window: { records: WINDOW_RECORDS },
    rebalanceDrainMs: REBALANCE_DRAIN_MS,
  });
  app.connectMicroservice({ strategy });
  app.get(HealthRegistry).register('deliveries', () => strategy.health());
}

/** Consumes only once all webhooks are known: against a part of them, deliveries would be discarded as deleted. */
export async function startConsumers(app: INestApplication, env: DeliveryServiceEnv): Promise<void> {
  await new TopicAdmin(app.get(KafkaConnection)).ensureTopics(TOPICS, {
    partitions: env.TOPIC_PARTITIONS,
    replicationFactor: env.TOPIC_REPLICATION,
    prefix: env.TOPIC_PREFIX,
  });
  await app.get(WebhookView).load();
  await app.startAllMicroservices();
}
