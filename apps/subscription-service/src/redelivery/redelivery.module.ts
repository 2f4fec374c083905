import { Module } from '@nestjs/common';
import { Catalog } from '#libs/catalog';
import { Clock } from '#libs/kernel';
import { KafkaConnection } from '#libs/messaging';
import { UnitOfWork } from '#libs/persistence';
import { AppConfig } from '../config.js';
import { CatalogModule } from '../catalog/index.js';
import { DatabaseModule } from '../database.module.js';
import { HistoryDatabaseModule, HistoryUnitOfWork } from '../history-database.module.js';
import { KafkaModule } from '../kafka.module.js';
import { WebhookService, WebhooksModule, WebhookStore } from '../webhooks/index.js';
import { CircuitController } from './circuit.controller.js';
import { DeliveryArchive } from './delivery-archive.js';
import { DeliveryArchivePgStore } from './delivery-archive.pg-store.js';
import { DeliveryRedeliveryController } from './delivery-redelivery.controller.js';
import { DeliveryRequests } from './delivery-requests.js';
import { DeliveryRequestsModule } from './delivery-requests.module.js';
import { EventRecipients } from './event-recipients.js';
import { KafkaDomainEvents } from './kafka-domain-events.js';
import { MissedEvents } from './missed-events.js';
import { Pace } from './pace.js';
import { RedeliveryController } from './redelivery.controller.js';
import { RedeliveryGrpcController } from './redelivery.grpc-controller.js';
import { RedeliveryJobs } from './redelivery-jobs.service.js';
import { RedeliveryItems } from './redelivery-items.js';
import { RedeliveryItemsPgStore } from './redelivery-items.pg-store.js';
import { RedeliveryPgStore } from './redelivery.pg-store.js';
import { RedeliveryProgress } from './redelivery-progress.js';
import { RedeliveryService } from './redelivery.service.js';
import { RedeliveryStore } from './redelivery.store.js';
import { RedeliveryWorker } from './redelivery-worker.js';
import { SelectionCount } from './selection-count.js';
import { WebhookRedeliveryController } from './webhook-redelivery.controller.js';

@Module({
  imports: [CatalogModule, DatabaseModule, DeliveryRequestsModule, HistoryDatabaseModule, KafkaModule, WebhooksModule],
  controllers: [
    DeliveryRedeliveryController,
    WebhookRedeliveryController,
    RedeliveryController,
    CircuitController,
    RedeliveryGrpcController,
  ],
  providers: [
    {
      provide: DeliveryArchive,
      inject: [HistoryUnitOfWork],
      useFactory: (history: HistoryUnitOfWork) => new DeliveryArchivePgStore(history),
    },
    { provide: RedeliveryItems, inject: [UnitOfWork], useFactory: (unitOfWork: UnitOfWork) => new RedeliveryItemsPgStore(unitOfWork) },
    { provide: RedeliveryStore, inject: [UnitOfWork], useFactory: (unitOfWork: UnitOfWork) => new RedeliveryPgStore(unitOfWork) },
    {
      provide: MissedEvents,
      inject: [KafkaConnection, Catalog, AppConfig],
      useFactory: (connection: KafkaConnection, catalog: Catalog, { domainTopics }: AppConfig) =>
        new MissedEvents(new KafkaDomainEvents(connection), catalog, domainTopics),
    },
    {
      provide: SelectionCount,
      inject: [RedeliveryItems, WebhookStore, MissedEvents, Clock],
      useFactory: (items: RedeliveryItems, webhooks: WebhookStore, missed: MissedEvents, clock: Clock) =>
        new SelectionCount(items, webhooks, missed, clock),
    },
    {
      provide: EventRecipients,
      inject: [DeliveryArchive, WebhookService, WebhookStore, Catalog],
      useFactory: (archive: DeliveryArchive, service: WebhookService, store: WebhookStore, catalog: Catalog) =>
        new EventRecipients(archive, service, store, catalog),
    },
    {
      provide: RedeliveryService,
      inject: [DeliveryArchive, WebhookService, DeliveryRequests, Clock],
      useFactory: (archive: DeliveryArchive, webhooks: WebhookService, requests: DeliveryRequests, clock: Clock) =>
        new RedeliveryService(archive, webhooks, requests, clock),
    },
    {
      provide: RedeliveryJobs,
      inject: [RedeliveryStore, WebhookService, SelectionCount, EventRecipients, Clock],
      useFactory: (store: RedeliveryStore, webhooks: WebhookService, counted: SelectionCount, recipients: EventRecipients, clock: Clock) =>
        new RedeliveryJobs(store, webhooks, counted, recipients, clock),
    },
    {
      provide: RedeliveryWorker,
      inject: [
        RedeliveryStore,
        RedeliveryItems,
        DeliveryArchive,
        WebhookStore,
        SelectionCount,
        MissedEvents,
        DeliveryRequests,
        Clock,
        AppConfig,
      ],
      useFactory: (
        store: RedeliveryStore,
        items: RedeliveryItems,
        archive: DeliveryArchive,
        webhooks: WebhookStore,
        selections: SelectionCount,
        missed: MissedEvents,
        requests: DeliveryRequests,
        clock: Clock,
        config: AppConfig,
      ) => {
        const pace = new Pace(config.redeliveriesPerSecond);
        return new RedeliveryWorker(
          store,
          new RedeliveryProgress({ store, items, archive, webhooks, selections, missed, requests, pace, clock }),
        );
      },
    },
  ],
})
export class RedeliveryModule {}
