import { type DynamicModule, Module, type ModuleMetadata } from '@nestjs/common';
import { Clock } from '#libs/kernel';
import { KafkaConnection } from '#libs/messaging';
import { HealthRegistry } from '#libs/runtime';
import type { Sealer } from '#libs/secrets';
import { WebhookDirectory } from './webhook-directory.js';
import { WebhookView } from './webhook-view.js';

export interface WebhooksOptions {
  /** The full name of the compacted topic of webhooks. */
  readonly topic: string;
  readonly sealer: Sealer;
  /** Where the Kafka connection comes from. */
  readonly imports: ModuleMetadata['imports'];
}

@Module({})
export class WebhooksModule {
  static forRoot({ topic, sealer, imports = [] }: WebhooksOptions): DynamicModule {
    return {
      module: WebhooksModule,
      imports,
      providers: [
        {
          provide: WebhookView,
          inject: [KafkaConnection, HealthRegistry, Clock],
          useFactory: (connection: KafkaConnection, health: HealthRegistry, clock: Clock) =>
            new WebhookView(connection, topic, sealer, health, clock),
        },
        { provide: WebhookDirectory, useExisting: WebhookView },
      ],
      exports: [WebhookDirectory, WebhookView],
    };
  }
}
