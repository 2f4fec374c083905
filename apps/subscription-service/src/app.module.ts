import { type DynamicModule, Module } from '@nestjs/common';
import { AccountsModule } from './accounts/index.js';
import { AuthModule } from './auth/index.js';
import { CatalogModule } from './catalog/index.js';
import type { AppConfig } from './config.js';
import { ConfigModule } from './config.module.js';
import { EndpointHealthModule } from './endpoint-health/index.js';
import { EventsModule } from './events/index.js';
import { KafkaModule } from './kafka.module.js';
import { KafkaSetup } from './kafka-setup.js';
import { WebhooksModule } from './webhooks/index.js';

@Module({})
export class AppModule {
  static forRoot(config: AppConfig): DynamicModule {
    return {
      module: AppModule,
      imports: [
        ConfigModule.forRoot(config),
        KafkaModule,
        AuthModule,
        AccountsModule,
        CatalogModule,
        WebhooksModule,
        EventsModule,
        EndpointHealthModule,
      ],
      providers: [KafkaSetup],
    };
  }
}
