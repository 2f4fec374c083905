import { type DynamicModule, Module } from '@nestjs/common';
import { Catalog, loadCatalog } from '#libs/catalog';
import { topicName, Topics } from '#libs/contracts';
import { MessagingModule } from '#libs/messaging';
import { kafkaSettings, RuntimeModule } from '#libs/runtime';
import type { EventRouterEnv } from './config.js';
import { RoutingModule } from './routing/index.js';
import { SubscriptionsModule } from './subscriptions/index.js';

@Module({})
class CatalogModule {
  static forRoot(dir: string | undefined): DynamicModule {
    return { module: CatalogModule, providers: [{ provide: Catalog, useFactory: () => loadCatalog(dir) }], exports: [Catalog] };
  }
}

@Module({})
export class AppModule {
  static forRoot(env: EventRouterEnv): DynamicModule {
    const prefix = env.TOPIC_PREFIX;
    const messaging = MessagingModule.forRoot({ settings: kafkaSettings(env, 'event-router'), topicPrefix: prefix });
    const catalog = CatalogModule.forRoot(env.CATALOG_DIR);
    const subscriptions = SubscriptionsModule.forRoot({ topic: topicName(Topics.webhooks, prefix), imports: [messaging, catalog] });
    const routing = RoutingModule.forRoot({
      topic: topicName(Topics.deliveries, prefix),
      recent: { windowMs: env.DEDUPE_WINDOW_SECONDS * 1_000, maxEvents: env.DEDUPE_MAX_EVENTS },
      imports: [messaging, catalog, subscriptions],
    });
    return {
      module: AppModule,
      imports: [RuntimeModule.forRoot({ service: 'event-router', logLevel: env.LOG_LEVEL }), catalog, messaging, subscriptions, routing],
    };
  }
}
