import { Module } from '@nestjs/common';
import { APP_INTERCEPTOR } from '@nestjs/core';
import { UnitOfWork } from '#libs/persistence';
import { Sealer } from '#libs/secrets';
import { AppConfig } from '../config.js';
import { DatabaseModule } from '../database.module.js';
import { OutboxModule } from '../outbox/index.js';
import { Idempotency } from './idempotency.js';
import { IdempotencyInterceptor } from './idempotency.interceptor.js';
import { IdempotencyPgStore } from './idempotency.pg-store.js';
import { IdempotencyStore } from './idempotency.store.js';
import { IdempotencySweeper } from './idempotency-sweeper.js';

const TIMES = { rememberSeconds: 24 * 60 * 60, leaseSeconds: 30 };

@Module({
  imports: [DatabaseModule, OutboxModule],
  providers: [
    {
      provide: IdempotencyStore,
      inject: [UnitOfWork],
      useFactory: (unitOfWork: UnitOfWork) => new IdempotencyPgStore(unitOfWork, TIMES),
    },
    {
      provide: Idempotency,
      inject: [IdempotencyStore, UnitOfWork, AppConfig],
      useFactory: (store: IdempotencyStore, unitOfWork: UnitOfWork, config: AppConfig) =>
        new Idempotency(store, unitOfWork, new Sealer(config.masterKeys)),
    },
    {
      provide: IdempotencySweeper,
      inject: [IdempotencyStore],
      useFactory: (store: IdempotencyStore) => new IdempotencySweeper(store),
    },
    { provide: APP_INTERCEPTOR, useClass: IdempotencyInterceptor },
  ],
  exports: [Idempotency],
})
export class IdempotencyModule {}
