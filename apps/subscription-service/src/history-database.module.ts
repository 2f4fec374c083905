import { Inject, Injectable, Module, type OnApplicationShutdown } from '@nestjs/common';
import { createDataSource, migrate, UnitOfWork } from '#libs/persistence';
import { AppConfig } from './config.js';
import { APPLICATION_NAME } from './database-options.js';
import { historyDatabaseOptions } from './history-schema/index.js';

/** The schema `history`, which the projector writes. */
@Injectable()
export class HistoryUnitOfWork extends UnitOfWork {}

type Source = ReturnType<typeof createDataSource>;

const SOURCE = Symbol('history');

/** A pool of its own for the history: reading much of it must not keep webhooks from being changed. */
@Module({
  providers: [
    {
      provide: SOURCE,
      inject: [AppConfig],
      useFactory: async (config: AppConfig) => {
        const options = historyDatabaseOptions(config.databaseUrl, APPLICATION_NAME);
        await migrate(options);
        return createDataSource(options).initialize();
      },
    },
    { provide: HistoryUnitOfWork, inject: [SOURCE], useFactory: (source: Source) => new HistoryUnitOfWork(source) },
  ],
  exports: [HistoryUnitOfWork],
})
export class HistoryDatabaseModule implements OnApplicationShutdown {
  constructor(@Inject(SOURCE) private readonly source: Source) {}

  async onApplicationShutdown(): Promise<void> {
    await this.source.destroy();
  }
}
