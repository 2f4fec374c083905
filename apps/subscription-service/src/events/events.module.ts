import { Module } from '@nestjs/common';
import { Catalog } from '#libs/catalog';
import { Clock } from '#libs/kernel';
import { Publisher } from '#libs/messaging';
import { CatalogModule } from '../catalog/index.js';
import { KafkaModule } from '../kafka.module.js';
import { EventController } from './event.controller.js';
import { EventGrpcController } from './event.grpc-controller.js';
import { EventService } from './event.service.js';

@Module({
  imports: [CatalogModule, KafkaModule],
  controllers: [EventController, EventGrpcController],
  providers: [
    {
      provide: EventService,
      inject: [Catalog, Publisher, Clock],
      useFactory: (catalog: Catalog, publisher: Publisher, clock: Clock) => new EventService(catalog, publisher, clock),
    },
  ],
  exports: [EventService],
})
export class EventsModule {}
