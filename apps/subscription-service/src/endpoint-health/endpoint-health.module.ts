import { Module } from '@nestjs/common';
import { topicName, Topics } from '#libs/contracts';
import { Clock } from '#libs/kernel';
import { KafkaConnection, KafkaConsumerStrategy } from '#libs/messaging';
import { UnitOfWork } from '#libs/persistence';
import { HealthRegistry } from '#libs/runtime';
import { AppConfig } from '../config.js';
import { DatabaseModule } from '../database.module.js';
import { KafkaModule } from '../kafka.module.js';
import { WebhooksModule, WebhookStore } from '../webhooks/index.js';
import { ENDPOINT_HEALTH, EndpointHealthConsumer } from './endpoint-health.consumer.js';
import { EndpointHealthService } from './endpoint-health.service.js';
import { EnablingsPgStore } from './enablings.pg-store.js';

@Module({
  imports: [KafkaModule, DatabaseModule, WebhooksModule],
  providers: [
    {
      provide: EndpointHealthService,
      inject: [WebhookStore, UnitOfWork, Clock],
      useFactory: (webhooks: WebhookStore, unitOfWork: UnitOfWork, clock: Clock) =>
        new EndpointHealthService(webhooks, new EnablingsPgStore(unitOfWork), clock),
    },
    {
      provide: EndpointHealthConsumer,
      inject: [KafkaConnection, EndpointHealthService, HealthRegistry, AppConfig],
      useFactory: (connection: KafkaConnection, service: EndpointHealthService, health: HealthRegistry, config: AppConfig) => {
        const { prefix } = config.topics;
        const strategy = new KafkaConsumerStrategy(connection, {
          groupId: `${prefix}.${config.service}`,
          subscriptions: { [ENDPOINT_HEALTH]: [topicName(Topics.endpointHealth, prefix)] },
          deadLetterTopic: topicName(Topics.deadLetters, prefix),
        });
        return new EndpointHealthConsumer(strategy, service, health);
      },
    },
  ],
})
export class EndpointHealthModule {}
