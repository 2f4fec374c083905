import type { INestApplication } from '@nestjs/common';
import { topicName, Topics } from '#libs/contracts';
import { KafkaConnection, KafkaConsumerStrategy } from '#libs/messaging';
import { HealthRegistry } from '#libs/runtime';
import { DueLifecycle } from './due-lifecycle.js';
import { DUE_RETRIES, DUE_TRANSPORT } from './retry.consumer.js';

/** Large enough that one write to the database serves many records. */
const WINDOW_RECORDS = 2000;

/**
 * Adds the consumer of `hookstream.retries` to the app, in a group of its own: while the database is away it stands still,
 * and first attempts go on. It starts with the app's microservices.
 */
export function connectDueConsumer(app: INestApplication, env: { readonly TOPIC_PREFIX: string }): void {
  const strategy = new KafkaConsumerStrategy(app.get(KafkaConnection), {
    groupId: `${env.TOPIC_PREFIX}.delivery-scheduler`,
    subscriptions: { [DUE_RETRIES]: [topicName(Topics.retries, env.TOPIC_PREFIX)] },
    deadLetterTopic: topicName(Topics.deadLetters, env.TOPIC_PREFIX),
    window: { records: WINDOW_RECORDS },
  });
  strategy.setTransportId(DUE_TRANSPORT);
  app.connectMicroservice({ strategy }, { inheritAppConfig: false });
  app.get(HealthRegistry).register('retries', () => strategy.health());
}

/** Call once all webhooks are known: waiting deliveries of webhooks that changed while the service was down are seen to. */
export function startDue(app: INestApplication): void {
  app.get(DueLifecycle).webhooksLoaded();
}
