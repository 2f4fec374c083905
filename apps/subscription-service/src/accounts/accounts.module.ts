import { Module } from '@nestjs/common';
import { Clock } from '#libs/kernel';
import { UnitOfWork } from '#libs/persistence';
import { AuditLog, AuditModule } from '../audit/index.js';
import { AccountDirectory } from '../auth/index.js';
import { DatabaseModule } from '../database.module.js';
import { AccountController } from './account.controller.js';
import { AccountGrpcController } from './account.grpc-controller.js';
import { AccountPgStore } from './account.pg-store.js';
import { AccountService } from './account.service.js';
import { AccountStore } from './account.store.js';
import { KnownAccounts } from './known-accounts.js';

@Module({
  imports: [DatabaseModule, AuditModule],
  controllers: [AccountController, AccountGrpcController],
  providers: [
    {
      provide: AccountStore,
      inject: [UnitOfWork, AuditLog],
      useFactory: (unitOfWork: UnitOfWork, audit: AuditLog) => new AccountPgStore(unitOfWork, audit),
    },
    { provide: KnownAccounts, inject: [AccountStore], useFactory: (store: AccountStore) => new KnownAccounts(store) },
    { provide: AccountDirectory, useExisting: KnownAccounts },
    {
      provide: AccountService,
      inject: [AccountStore, KnownAccounts, UnitOfWork, Clock],
      useFactory: (store: AccountStore, known: KnownAccounts, unitOfWork: UnitOfWork, clock: Clock) =>
        new AccountService(store, known, unitOfWork, clock),
    },
  ],
  exports: [AccountDirectory, AccountService, AccountStore],
})
export class AccountsModule {}
