import { type DynamicModule, Module, type ModuleMetadata, type OnApplicationShutdown, type OnModuleDestroy } from '@nestjs/common';
import { EgressClient } from '#libs/egress';
import { Clock } from '#libs/kernel';
import { KafkaConnection, Publisher } from '#libs/messaging';
import { DueDeliveries } from '../due/index.js';
import { EndpointHealth } from '../health/index.js';
import { WebhookLanes } from '../lanes/index.js';
import { WebhookDirectory, WebhookView } from '../webhooks/index.js';
import { AttemptOutcomePublisher, type ResultTopics } from './attempt-outcome.publisher.js';
import { AttemptService, type AttemptSettings } from './attempt.service.js';
import { Cancellations } from './cancellations.js';
import { DeliveryCommands } from './delivery-commands.js';
import { DeliveryGate } from './delivery-gate.js';
import { DeliveryRequestConsumer } from './delivery-request.consumer.js';
import { DeliveryTraces } from './delivery-traces.js';
import { DeliveryService } from './delivery.service.js';
import { followChanges } from './live-changes.js';
import { LogDeliveryTraces } from './log-delivery-traces.js';
import { RecentDeliveries } from './recent-deliveries.js';
import { RetryScheduler } from './retry-scheduler.js';
import { EgressWebhookSender, WebhookSender } from './webhook-sender.js';

export interface AttemptsOptions {
  readonly settings: AttemptSettings;
  /** Full names. */
  readonly topics: ResultTopics;
  /** Attempts of all webhooks at once. */
  readonly maxConcurrent: number;
  readonly egress: EgressClient;
  /** Where the publisher, the webhooks, the due table and the endpoints' health come from. */
  readonly imports: ModuleMetadata['imports'];
}

@Module({})
export class AttemptsModule implements OnModuleDestroy, OnApplicationShutdown {
  constructor(
    private readonly egress: EgressClient,
    private readonly lanes: WebhookLanes,
    view: WebhookView,
    health: EndpointHealth,
    due: DueDeliveries,
  ) {
    followChanges(view, lanes, health, due);
  }

  // Before the consumers are drained: what has not begun is left to the next owner of its partition.
  onModuleDestroy(): void {
    this.lanes.close();
  }

  // After the consumers are drained: nothing is under way any more.
  async onApplicationShutdown(): Promise<void> {
    await this.egress.close();
  }

  static forRoot({ settings, topics, maxConcurrent, egress, imports = [] }: AttemptsOptions): DynamicModule {
    return {
      module: AttemptsModule,
      imports,
      controllers: [DeliveryRequestConsumer],
      providers: [
        { provide: EgressClient, useValue: egress },
        Cancellations,
        { provide: WebhookSender, inject: [EgressClient], useFactory: (client: EgressClient) => new EgressWebhookSender(client) },
        { provide: WebhookLanes, inject: [Clock], useFactory: (clock: Clock) => new WebhookLanes(clock, maxConcurrent) },
        {
          provide: DeliveryTraces,
          inject: [KafkaConnection],
          useFactory: (connection: KafkaConnection) => new LogDeliveryTraces(connection, topics),
        },
        {
          provide: RecentDeliveries,
          inject: [Clock, DeliveryTraces],
          useFactory: (clock: Clock, traces: DeliveryTraces) => new RecentDeliveries(clock, traces),
        },
        {
          provide: AttemptOutcomePublisher,
          inject: [Publisher],
          useFactory: (publisher: Publisher) => new AttemptOutcomePublisher(publisher, topics),
        },
        {
          provide: RetryScheduler,
          inject: [AttemptOutcomePublisher],
          useFactory: (publisher: AttemptOutcomePublisher) => new RetryScheduler(publisher),
        },
        {
          provide: AttemptService,
          inject: [WebhookSender, AttemptOutcomePublisher, RetryScheduler, Clock],
          useFactory: (sender: WebhookSender, publisher: AttemptOutcomePublisher, retries: RetryScheduler, clock: Clock) =>
            new AttemptService(sender, publisher, retries, clock, settings),
        },
        {
          provide: DeliveryGate,
          inject: [WebhookDirectory, EndpointHealth, Clock, Cancellations],
          useFactory: (webhooks: WebhookDirectory, health: EndpointHealth, clock: Clock, cancellations: Cancellations) =>
            new DeliveryGate(webhooks, health, clock, settings.rules.maxAgeMs, cancellations),
        },
        {
          provide: DeliveryService,
          inject: [RecentDeliveries, DeliveryGate, WebhookLanes, AttemptService, RetryScheduler, Clock],
          useFactory: (...parts: ConstructorParameters<typeof DeliveryService>) => new DeliveryService(...parts),
        },
        {
          provide: DeliveryCommands,
          inject: [EndpointHealth, DueDeliveries, Cancellations, WebhookLanes, Clock],
          useFactory: (...parts: ConstructorParameters<typeof DeliveryCommands>) => new DeliveryCommands(...parts),
        },
      ],
    };
  }
}
