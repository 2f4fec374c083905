import { type DynamicModule, Module, type ModuleMetadata, type OnApplicationShutdown } from '@nestjs/common';
import { EgressClient } from '#libs/egress';
import { Clock } from '#libs/kernel';
import { Publisher } from '#libs/messaging';
import { WebhookDirectory } from '../webhooks/index.js';
import { AttemptOutcomePublisher } from './attempt-outcome.publisher.js';
import { AttemptService, type AttemptSettings } from './attempt.service.js';
import { DeliveryRequestConsumer } from './delivery-request.consumer.js';
import { DeliveryService } from './delivery.service.js';
import { MemoryRetryScheduler } from './memory-retry-scheduler.js';
import { RecentDeliveries } from './recent-deliveries.js';
import { RetryScheduler } from './retry-scheduler.js';
import { WebhookLanes } from './webhook-lanes.js';
import { EgressWebhookSender, WebhookSender } from './webhook-sender.js';

export interface AttemptsOptions {
  readonly settings: AttemptSettings;
  /** Full names. */
  readonly topics: { readonly attempts: string; readonly outcomes: string };
  /** Attempts of one webhook at once. */
  readonly maxInFlight: number;
  readonly egress: EgressClient;
  /** Where the publisher and the webhooks come from. */
  readonly imports: ModuleMetadata['imports'];
}

@Module({})
export class AttemptsModule implements OnApplicationShutdown {
  constructor(private readonly egress: EgressClient) {}

  // After the consumers are drained: nothing is under way any more.
  async onApplicationShutdown(): Promise<void> {
    await this.egress.close();
  }

  static forRoot({ settings, topics, maxInFlight, egress, imports = [] }: AttemptsOptions): DynamicModule {
    return {
      module: AttemptsModule,
      imports,
      controllers: [DeliveryRequestConsumer],
      providers: [
        { provide: EgressClient, useValue: egress },
        { provide: WebhookSender, inject: [EgressClient], useFactory: (client: EgressClient) => new EgressWebhookSender(client) },
        { provide: WebhookLanes, useFactory: () => new WebhookLanes(maxInFlight) },
        { provide: RecentDeliveries, inject: [Clock], useFactory: (clock: Clock) => new RecentDeliveries(clock) },
        { provide: RetryScheduler, inject: [Clock], useFactory: (clock: Clock) => new MemoryRetryScheduler(clock) },
        {
          provide: AttemptOutcomePublisher,
          inject: [Publisher],
          useFactory: (publisher: Publisher) => new AttemptOutcomePublisher(publisher, topics),
        },
        {
          provide: AttemptService,
          inject: [WebhookDirectory, WebhookSender, AttemptOutcomePublisher, Clock],
          useFactory: (webhooks: WebhookDirectory, sender: WebhookSender, publisher: AttemptOutcomePublisher, clock: Clock) =>
            new AttemptService(webhooks, sender, publisher, clock, settings),
        },
        {
          provide: DeliveryService,
          inject: [RecentDeliveries, WebhookLanes, AttemptService, RetryScheduler],
          useFactory: (recent: RecentDeliveries, lanes: WebhookLanes, attempts: AttemptService, retries: RetryScheduler) =>
            new DeliveryService(recent, lanes, attempts, retries),
        },
      ],
    };
  }
}
