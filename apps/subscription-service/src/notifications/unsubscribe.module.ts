import { Inject, Module, type OnApplicationShutdown } from '@nestjs/common';
import { Clock } from '#libs/kernel';
import { createDataSource, migrate, UnitOfWork } from '#libs/persistence';
import { AppConfig } from '../config.js';
import { notificationsDatabaseOptions } from './notifications-database.js';
import { UnsubscribeLinks } from './unsubscribe-links.js';
import { UnsubscribeService } from './unsubscribe.service.js';
import { UnsubscriptionPgStore } from './unsubscription.pg-store.js';

type Source = ReturnType<typeof createDataSource>;

const SOURCE = Symbol('unsubscriptions');

/** Where the links of mails lead, for the API process. */
@Module({
  providers: [
    {
      provide: SOURCE,
      inject: [AppConfig],
      useFactory: async ({ databaseUrl, service }: AppConfig) => {
        const options = notificationsDatabaseOptions(databaseUrl, service);
        await migrate(options);
        return createDataSource({ ...options, poolSize: 1 }).initialize();
      },
    },
    {
      provide: UnsubscribeService,
      inject: [SOURCE, AppConfig, Clock],
      useFactory: (source: Source, { masterKeys }: AppConfig, clock: Clock) =>
        // It reads links and makes none.
        new UnsubscribeService(new UnsubscribeLinks(masterKeys, ''), new UnsubscriptionPgStore(new UnitOfWork(source)), clock),
    },
  ],
  exports: [UnsubscribeService],
})
export class UnsubscribeModule implements OnApplicationShutdown {
  constructor(@Inject(SOURCE) private readonly source: Source) {}

  async onApplicationShutdown(): Promise<void> {
    await this.source.destroy();
  }
}
