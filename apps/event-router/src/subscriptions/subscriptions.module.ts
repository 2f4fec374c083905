import { type DynamicModule, Module, type ModuleMetadata } from '@nestjs/common';
import { KafkaConnection } from '#libs/messaging';
import { HealthRegistry } from '#libs/runtime';
import { CoveringNames } from '../catalog/index.js';
import { SubscriptionFeed } from './subscription-feed.js';
import { SubscriptionIndex } from './subscription-index.js';

export interface SubscriptionsOptions {
  /** The full name of the compacted topic of webhooks. */
  readonly topic: string;
  /** Where the catalog and the connection to Kafka come from. */
  readonly imports: ModuleMetadata['imports'];
}

@Module({})
export class SubscriptionsModule {
  static forRoot({ topic, imports = [] }: SubscriptionsOptions): DynamicModule {
    return {
      module: SubscriptionsModule,
      imports,
      providers: [
        { provide: SubscriptionIndex, inject: [CoveringNames], useFactory: (covering: CoveringNames) => new SubscriptionIndex(covering) },
        {
          provide: SubscriptionFeed,
          inject: [KafkaConnection, SubscriptionIndex, HealthRegistry],
          useFactory: (connection: KafkaConnection, index: SubscriptionIndex, health: HealthRegistry) =>
            new SubscriptionFeed(connection, topic, index, health),
        },
      ],
      exports: [SubscriptionIndex, SubscriptionFeed],
    };
  }
}
