import { type DynamicModule, Module } from '@nestjs/common';
import { topicName, Topics } from '#libs/contracts';
import { MessagingModule } from '#libs/messaging';
import { kafkaSettings, RuntimeModule } from '#libs/runtime';
import { CatalogModule } from './catalog/index.js';
import type { EventRouterEnv } from './config.js';
import { FiltersModule } from './filters/index.js';
import { RoutingModule } from './routing/index.js';
import { SubscriptionsModule } from './subscriptions/index.js';

@Module({})
export class AppModule {
  static forRoot(env: EventRouterEnv): DynamicModule {
    const prefix = env.TOPIC_PREFIX;
    const messaging = MessagingModule.forRoot({ settings: kafkaSettings(env, 'event-router'), topicPrefix: prefix });
    const catalog = CatalogModule.forRoot({
      dir: env.CATALOG_DIR,
      topic: topicName(Topics.eventTypes, prefix),
      imports: [messaging],
    });
    const subscriptions = SubscriptionsModule.forRoot({ topic: topicName(Topics.webhooks, prefix), imports: [messaging, catalog] });
    const filters = FiltersModule.forRoot({ imports: [subscriptions] });
    const routing = RoutingModule.forRoot({
      topic: topicName(Topics.deliveries, prefix),
      unmatchedTopic: env.TRACE_UNMATCHED_EVENTS ? topicName(Topics.unmatchedEvents, prefix) : null,
      recent: { windowMs: env.DEDUPE_WINDOW_SECONDS * 1_000, maxEvents: env.DEDUPE_MAX_EVENTS },
      imports: [messaging, catalog, subscriptions, filters],
    });
    return {
      module: AppModule,
      imports: [
        RuntimeModule.forRoot({ service: 'event-router', logLevel: env.LOG_LEVEL }),
        catalog,
        messaging,
        subscriptions,
        filters,
        routing,
      ],
    };
  }
}
