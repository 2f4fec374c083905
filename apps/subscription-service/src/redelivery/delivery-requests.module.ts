import { Module } from '@nestjs/common';
import { topicName, Topics } from '#libs/contracts';
import { Publisher } from '#libs/messaging';
import { AppConfig } from '../config.js';
import { KafkaModule } from '../kafka.module.js';
import { DeliveryRequests } from './delivery-requests.js';

@Module({
  imports: [KafkaModule],
  providers: [
    {
      provide: DeliveryRequests,
      inject: [Publisher, AppConfig],
      useFactory: (publisher: Publisher, { topics }: AppConfig) =>
        new DeliveryRequests(publisher, topicName(Topics.deliveries, topics.prefix)),
    },
  ],
  exports: [DeliveryRequests],
})
export class DeliveryRequestsModule {}
