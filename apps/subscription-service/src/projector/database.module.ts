import { type DynamicModule, Inject, Module, type OnApplicationShutdown } from '@nestjs/common';
import { DataSource } from 'typeorm';
import type { Secret } from '#libs/kernel';
import { createDataSource, migrate, UnitOfWork } from '#libs/persistence';
import { HealthRegistry } from '#libs/runtime';
import { DatabaseWatch } from '../database-watch.js';
import { historyDatabaseOptions } from '../history-schema/index.js';
import { PROJECTOR } from './config.js';

/** Longer than the largest batch or the move of a day's rows takes. */
const STATEMENT_TIMEOUT_MS = 30_000;

/** The schema of the history, migrated before anything else is made. */
@Module({})
export class HistoryDatabaseModule implements OnApplicationShutdown {
  constructor(@Inject(DataSource) private readonly source: DataSource) {}

  static forRoot(url: Secret): DynamicModule {
    return {
      module: HistoryDatabaseModule,
      providers: [
        {
          provide: DataSource,
          useFactory: async () => {
            const options = historyDatabaseOptions(url, PROJECTOR);
            await migrate(options);
            return createDataSource({ ...options, poolSize: 4, statementTimeoutMs: STATEMENT_TIMEOUT_MS }).initialize();
          },
        },
        { provide: UnitOfWork, inject: [DataSource], useFactory: (source: DataSource) => new UnitOfWork(source) },
        {
          provide: DatabaseWatch,
          inject: [UnitOfWork, HealthRegistry],
          useFactory: (unitOfWork: UnitOfWork, health: HealthRegistry) => new DatabaseWatch(unitOfWork, health),
        },
      ],
      exports: [UnitOfWork],
    };
  }

  async onApplicationShutdown(): Promise<void> {
    await this.source.destroy();
  }
}
