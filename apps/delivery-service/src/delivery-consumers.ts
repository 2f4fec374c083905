import type { INestApplication } from '@nestjs/common';
import { topicName, Topics } from '#libs/contracts';
import { KafkaConnection, KafkaConsumerStrategy, TopicAdmin } from '#libs/messaging';
import { HealthRegistry } from '#libs/runtime';
import { DELIVERIES_TRANSPORT, DELIVERY_REQUESTS } from './attempts/index.js';
import type { DeliveryServiceEnv } from './config.js';
import { connectDueConsumer, startDue } from './due/index.js';
import { EndpointHealthView } from './health/index.js';
import { WebhookView } from './webhooks/index.js';

const TOPICS = [
  Topics.webhooks,
  Topics.deliveries,
  Topics.retries,
  Topics.attempts,
  Topics.outcomes,
  Topics.endpointHealth,
  Topics.deadLetters,
];

/**
 * What waits for its lane waits in the window, up to some seconds of work; the reader gets past a webhook that is slower
 * than that. Twice as many records cost a tenth more CPU, as what is held outlives the young generation. A hanging attempt
 * must not hold up the others before its deadline, however fast they are: hence the span, of which a crash leaves outcomes
 * behind, so that it is not done again.
 */
const WINDOW = { records: 2000, bytes: 8 * 1024 * 1024, span: 60_000 };
const MOST_BYTES = 32 * 1024 * 1024;
/** Longer than the longest attempt, so that a rebalance waits for what is under way. */
const REBALANCE_DRAIN_MS = 32_000;

/** Adds the consumers of delivery requests and of retries to the app; they start with `startConsumers`. */
export function connectConsumers(app: INestApplication, env: DeliveryServiceEnv): void {
  const strategy = new KafkaConsumerStrategy(app.get(KafkaConnection), {
    groupId: `${env.TOPIC_PREFIX}.delivery-service`,
    subscriptions: { [DELIVERY_REQUESTS]: [topicName(Topics.deliveries, env.TOPIC_PREFIX)] },
    deadLetterTopic: topicName(Topics.deadLetters, env.TOPIC_PREFIX),
    window: WINDOW,
    mostBytes: MOST_BYTES,
    rebalanceDrainMs: REBALANCE_DRAIN_MS,
  });
  strategy.setTransportId(DELIVERIES_TRANSPORT);
  app.connectMicroservice({ strategy });
  app.get(HealthRegistry).register('deliveries', () => strategy.health());
  connectDueConsumer(app, env);
}

/** Consumes only once all webhooks are known: against a part of them, deliveries would be discarded as deleted. */
export async function startConsumers(app: INestApplication, env: DeliveryServiceEnv): Promise<void> {
  await new TopicAdmin(app.get(KafkaConnection)).ensureTopics(TOPICS, {
    partitions: env.TOPIC_PARTITIONS,
    replicationFactor: env.TOPIC_REPLICATION,
    prefix: env.TOPIC_PREFIX,
  });
  await app.get(WebhookView).load();
  await app.get(EndpointHealthView).load();
  startDue(app);
  await app.startAllMicroservices();
}
