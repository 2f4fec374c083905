import { type DynamicModule, Module, type ModuleMetadata } from '@nestjs/common';
import { Clock } from '#libs/kernel';
import { KafkaConnection, Publisher } from '#libs/messaging';
import { HealthRegistry } from '#libs/runtime';
import { WebhookView } from '../webhooks/index.js';
import { EndpointHealth } from './endpoint-health.js';
import { EndpointHealthPublisher } from './endpoint-health.publisher.js';
import { EndpointHealthService } from './endpoint-health.service.js';
import { EndpointHealthView } from './endpoint-health-view.js';
import type { HealthRules } from './health-rules.js';

export interface HealthModuleOptions {
  /** The full name of the compacted topic of endpoint health. */
  readonly topic: string;
  readonly rules: HealthRules;
  /** Where the Kafka connection and the webhooks come from. */
  readonly imports: ModuleMetadata['imports'];
}

@Module({})
export class HealthModule {
  static forRoot({ topic, rules, imports = [] }: HealthModuleOptions): DynamicModule {
    return {
      module: HealthModule,
      imports,
      providers: [
        {
          provide: EndpointHealthView,
          inject: [KafkaConnection, HealthRegistry],
          useFactory: (connection: KafkaConnection, health: HealthRegistry) => new EndpointHealthView(connection, topic, health),
        },
        {
          provide: EndpointHealth,
          inject: [EndpointHealthView, Publisher, WebhookView, Clock],
          useFactory: (view: EndpointHealthView, publisher: Publisher, webhooks: WebhookView, clock: Clock) => {
            const service = new EndpointHealthService(view, new EndpointHealthPublisher(publisher, topic), webhooks, clock, rules);
            webhooks.onChange(({ id, current, previous }) => service.webhookChanged(id, current, previous));
            return service;
          },
        },
      ],
      exports: [EndpointHealth, EndpointHealthView],
    };
  }
}
