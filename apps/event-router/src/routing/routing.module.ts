import { type DynamicModule, Module, type ModuleMetadata } from '@nestjs/common';
import { Clock } from '#libs/kernel';
import { Publisher } from '#libs/messaging';
import { SubscriptionIndex } from '../subscriptions/index.js';
import { DomainEventConsumer } from './domain-event.consumer.js';
import { EventAdmission } from './event-admission.js';
import { FanOut } from './fan-out.js';
import { RecentEvents, type RecentEventsOptions } from './recent-events.js';
import { RoutingService } from './routing.service.js';
import { NoUnmatchedEvents, PublishedUnmatchedEvents, UnmatchedEvents } from './unmatched-events.js';

export interface RoutingOptions {
  /** The full name of the topic of deliveries. */
  readonly topic: string;
  /** The full name of the topic of events that matched nothing; null: nobody is told of those. */
  readonly unmatchedTopic: string | null;
  readonly recent: RecentEventsOptions;
  /** Where the catalog, the publisher, the index of subscriptions and the filter of recipients come from. */
  readonly imports: ModuleMetadata['imports'];
}

@Module({})
export class RoutingModule {
  static forRoot({ topic, unmatchedTopic, recent, imports = [] }: RoutingOptions): DynamicModule {
    return {
      module: RoutingModule,
      imports,
      controllers: [DomainEventConsumer],
      providers: [
        RoutingService,
        EventAdmission,
        { provide: FanOut, inject: [Publisher], useFactory: (publisher: Publisher) => new FanOut(publisher, topic) },
        {
          provide: UnmatchedEvents,
          inject: [Publisher, SubscriptionIndex],
          useFactory: (publisher: Publisher, subscriptions: SubscriptionIndex) =>
            unmatchedTopic === null ? new NoUnmatchedEvents() : new PublishedUnmatchedEvents(publisher, unmatchedTopic, subscriptions),
        },
        { provide: RecentEvents, inject: [Clock], useFactory: (clock: Clock) => new RecentEvents(recent, clock.now()) },
      ],
    };
  }
}
