import { Module } from '@nestjs/common';
import { Clock } from '#libs/kernel';
import { UnitOfWork } from '#libs/persistence';
import { AccountService, AccountsModule } from '../accounts/index.js';
import { AuditLog, AuditModule } from '../audit/index.js';
import { KeyDirectory } from '../auth/index.js';
import { DatabaseModule } from '../database.module.js';
import { ApiKeyController } from './api-key.controller.js';
import { ApiKeyGrpcController } from './api-key.grpc-controller.js';
import { ApiKeyPgStore } from './api-key.pg-store.js';
import { ApiKeyService } from './api-key.service.js';
import { ApiKeyStore } from './api-key.store.js';
import { KnownKeys } from './known-keys.js';

@Module({
  imports: [DatabaseModule, AuditModule, AccountsModule],
  controllers: [ApiKeyController, ApiKeyGrpcController],
  providers: [
    {
      provide: ApiKeyStore,
      inject: [UnitOfWork, AuditLog],
      useFactory: (unitOfWork: UnitOfWork, audit: AuditLog) => new ApiKeyPgStore(unitOfWork, audit),
    },
    {
      provide: KnownKeys,
      inject: [ApiKeyStore, Clock],
      useFactory: (store: ApiKeyStore, clock: Clock) => new KnownKeys(store, clock),
    },
    { provide: KeyDirectory, useExisting: KnownKeys },
    {
      provide: ApiKeyService,
      inject: [ApiKeyStore, AccountService, KnownKeys, UnitOfWork, Clock],
      useFactory: (store: ApiKeyStore, accounts: AccountService, known: KnownKeys, unitOfWork: UnitOfWork, clock: Clock) =>
        new ApiKeyService(store, accounts, known, unitOfWork, clock),
    },
  ],
  exports: [ApiKeyService, KeyDirectory],
})
export class ApiKeysModule {}
