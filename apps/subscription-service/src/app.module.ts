import { type DynamicModule, Module } from '@nestjs/common';
import { AccountRemovalModule, AccountsModule } from './accounts/index.js';
import { ApiDocsModule } from './api-docs/index.js';
import { ApiKeysModule } from './api-keys/index.js';
import { AuditModule } from './audit/index.js';
import { AuthModule } from './auth/index.js';
import { CatalogModule } from './catalog/index.js';
import type { AppConfig } from './config.js';
import { ConfigModule } from './config.module.js';
import { EndpointHealthModule } from './endpoint-health/index.js';
import { EventsModule } from './events/index.js';
import { FiltersModule } from './filters/index.js';
import { IdempotencyModule } from './idempotency/index.js';
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
        AuditModule,
        AccountsModule,
        ApiKeysModule,
        AuthModule.forRoot([AccountsModule, ApiKeysModule, AuditModule]),
        AccountRemovalModule,
        CatalogModule,
        WebhooksModule,
        EventsModule,
        FiltersModule,
        IdempotencyModule,
        EndpointHealthModule,
        ApiDocsModule,
      ],
      providers: [KafkaSetup],
    };
  }
}
