import { type BeforeApplicationShutdown, Inject, Module } from '@nestjs/common';
import { Catalog } from '#libs/catalog';
import { Clock } from '#libs/kernel';
import { AppConfig } from '../config.js';
import { CatalogModule } from '../catalog/index.js';
import { HistoryDatabaseModule, HistoryUnitOfWork } from '../history-database.module.js';
import { WebhookStandingModule, WebhookStandings } from '../webhook-standing/index.js';
import { PastWebhooks, WebhookService, WebhooksModule, WebhookStore } from '../webhooks/index.js';
import { AttemptStreamController } from './attempt-stream.controller.js';
import { AttemptController } from './attempt.controller.js';
import { AttemptGrpcController } from './attempt.grpc-controller.js';
import { AttemptPgStore } from './attempt.pg-store.js';
import { AttemptService } from './attempt.service.js';
import { AttemptStore } from './attempt.store.js';
import { DeliveryController } from './delivery.controller.js';
import { DeliveryPgStore } from './delivery.pg-store.js';
import { DeliveryService } from './delivery.service.js';
import { DeliveryStore } from './delivery.store.js';
import { PastEventController } from './event.controller.js';
import { EventPgStore } from './event.pg-store.js';
import { EventService } from './event.service.js';
import { EventStore } from './event.store.js';
import { HistoryGrpcController } from './history.grpc-controller.js';
import { LiveAttempts } from './live-attempts.js';
import { OverviewService } from './overview.service.js';
import { StatController } from './stat.controller.js';
import { StatPgStore } from './stat.pg-store.js';
import { StatService } from './stat.service.js';
import { StatStore } from './stat.store.js';
import { TraceService } from './trace.service.js';

/** What was sent, what came back, and how it is going: reads of the schema that the projector writes. */
@Module({
  imports: [CatalogModule, HistoryDatabaseModule, WebhooksModule, WebhookStandingModule],
  // The stream first: its path would else be taken for the id of an attempt.
  controllers: [
    ...[AttemptStreamController, AttemptController, DeliveryController, PastEventController, StatController],
    ...[AttemptGrpcController, HistoryGrpcController],
  ],
  providers: [
    { provide: AttemptStore, inject: [HistoryUnitOfWork], useFactory: (history: HistoryUnitOfWork) => new AttemptPgStore(history) },
    { provide: DeliveryStore, inject: [HistoryUnitOfWork], useFactory: (history: HistoryUnitOfWork) => new DeliveryPgStore(history) },
    { provide: EventStore, inject: [HistoryUnitOfWork], useFactory: (history: HistoryUnitOfWork) => new EventPgStore(history) },
    { provide: StatStore, inject: [HistoryUnitOfWork], useFactory: (history: HistoryUnitOfWork) => new StatPgStore(history) },
    {
      provide: AttemptService,
      inject: [AttemptStore, WebhookService],
      useFactory: (attempts: AttemptStore, webhooks: WebhookService) => new AttemptService(attempts, webhooks),
    },
    {
      provide: DeliveryService,
      inject: [DeliveryStore, AttemptStore],
      useFactory: (deliveries: DeliveryStore, attempts: AttemptStore) => new DeliveryService(deliveries, attempts),
    },
    { provide: EventService, inject: [EventStore], useFactory: (events: EventStore) => new EventService(events) },
    {
      provide: TraceService,
      inject: [EventService, EventStore, AttemptStore, WebhookStore, Catalog],
      useFactory: (events: EventService, store: EventStore, attempts: AttemptStore, webhooks: WebhookStore, catalog: Catalog) =>
        new TraceService(events, store, attempts, new PastWebhooks(webhooks), catalog),
    },
    {
      provide: StatService,
      inject: [StatStore, WebhookService, Clock],
      useFactory: (stats: StatStore, webhooks: WebhookService, clock: Clock) => new StatService(stats, webhooks, clock),
    },
    {
      provide: OverviewService,
      inject: [StatService, DeliveryStore, WebhookStore, WebhookStandings, Clock],
      useFactory: (stats: StatService, deliveries: DeliveryStore, webhooks: WebhookStore, standings: WebhookStandings, clock: Clock) =>
        new OverviewService(stats, deliveries, webhooks, standings, clock),
    },
    {
      provide: LiveAttempts,
      inject: [AttemptStore, Clock, AppConfig],
      useFactory: (attempts: AttemptStore, clock: Clock, config: AppConfig) => new LiveAttempts(attempts, clock, config.streams),
    },
  ],
})
export class HistoryModule implements BeforeApplicationShutdown {
  constructor(@Inject(LiveAttempts) private readonly live: LiveAttempts) {}

  /** Before the ports are closed, which waits for every answer that is under way. */
  beforeApplicationShutdown(): void {
    this.live.stop();
  }
}
