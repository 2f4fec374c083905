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
import { expungeParties } from './expunge-parties.js';
import { FiltersModule } from './filters/index.js';
import { HistoryModule } from './history/index.js';
import { IdempotencyModule } from './idempotency/index.js';
import { KafkaModule } from './kafka.module.js';
import { KafkaSetup } from './kafka-setup.js';
import { OperatorModule } from './operator/index.js';
import { PortalModule } from './portal/index.js';
import { ExpungeModule } from './projector/index.js';
import { UnsubscribeModule } from './notifications/index.js';
import { RedeliveryModule } from './redelivery/index.js';
import { TestSendsModule } from './test-sends/index.js';
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
        HistoryModule,
        EventsModule,
        TestSendsModule,
        RedeliveryModule,
        FiltersModule,
        IdempotencyModule,
        EndpointHealthModule,
        PortalModule,
        OperatorModule,
        ExpungeModule.forRoot(expungeParties),
        UnsubscribeModule,
        ApiDocsModule,
      ],
      providers: [KafkaSetup],
    };
  }
}
