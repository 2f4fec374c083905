import { Inject, Module, type OnApplicationShutdown } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { HealthRegistry } from '#libs/runtime';
import { createDataSource, migrate, UnitOfWork } from '#libs/persistence';
import { AppConfig } from './config.js';
import { DatabaseWatch } from './database-watch.js';
import { databaseOptions } from './database-options.js';

/** The service's own schema, migrated before anything else is made. */
@Module({
  providers: [
    {
      provide: DataSource,
      inject: [AppConfig],
      useFactory: async (config: AppConfig) => {
        const options = databaseOptions(config.databaseUrl);
        await migrate(options);
        return createDataSource(options).initialize();
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
})
export class DatabaseModule implements OnApplicationShutdown {
  constructor(@Inject(DataSource) private readonly source: DataSource) {}

  async onApplicationShutdown(): Promise<void> {
    await this.source.destroy();
  }
}
