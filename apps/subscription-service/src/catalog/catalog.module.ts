import { Module } from '@nestjs/common';
import { Catalog, LiveCatalog, loadCatalog } from '#libs/catalog';
import { Clock } from '#libs/kernel';
import { UnitOfWork } from '#libs/persistence';
import { AuditLog, AuditModule } from '../audit/index.js';
import { AppConfig } from '../config.js';
import { DatabaseModule } from '../database.module.js';
import { HistoryDatabaseModule, HistoryUnitOfWork } from '../history-database.module.js';
import { OutboxModule, ServiceOutbox } from '../outbox/index.js';
import { CatalogController } from './catalog.controller.js';
import { CatalogGrpcController } from './catalog.grpc-controller.js';
import { CatalogFeed } from './catalog-feed.js';
import { EventTypePgStore } from './event-type.pg-store.js';
import { EventTypePublisher } from './event-type.publisher.js';
import { EventTypeService } from './event-type.service.js';
import { EventTypeStore } from './event-type.store.js';
import { EventTypeUsage } from './event-type-usage.js';
import { EventTypeUsagePgStore } from './event-type-usage.pg-store.js';

@Module({
  imports: [AuditModule, DatabaseModule, HistoryDatabaseModule, OutboxModule],
  controllers: [CatalogController, CatalogGrpcController],
  providers: [
    { provide: LiveCatalog, inject: [AppConfig], useFactory: (config: AppConfig) => new LiveCatalog(loadCatalog(config.catalogDir)) },
    { provide: Catalog, useExisting: LiveCatalog },
    {
      provide: EventTypeStore,
      inject: [UnitOfWork, ServiceOutbox, AuditLog, AppConfig],
      useFactory: (unitOfWork: UnitOfWork, outbox: ServiceOutbox, audit: AuditLog, config: AppConfig) =>
        new EventTypePgStore(unitOfWork, outbox, new EventTypePublisher(config.topics.prefix), audit),
    },
    {
      provide: CatalogFeed,
      inject: [LiveCatalog, EventTypeStore],
      useFactory: (catalog: LiveCatalog, store: EventTypeStore) => new CatalogFeed(catalog, store),
    },
    {
      provide: EventTypeService,
      inject: [LiveCatalog, CatalogFeed, EventTypeStore, Clock],
      useFactory: (catalog: LiveCatalog, feed: CatalogFeed, store: EventTypeStore, clock: Clock) =>
        new EventTypeService(catalog, feed, store, clock),
    },
    {
      provide: EventTypeUsage,
      inject: [Catalog, UnitOfWork, HistoryUnitOfWork, Clock],
      useFactory: (catalog: Catalog, unitOfWork: UnitOfWork, history: HistoryUnitOfWork, clock: Clock) =>
        new EventTypeUsage(catalog, new EventTypeUsagePgStore(unitOfWork, history), clock),
    },
  ],
  exports: [Catalog, EventTypeService],
})
export class CatalogModule {}
