import { type DynamicModule, Inject, Module, type OnApplicationShutdown } from '@nestjs/common';
import { Clock, type Secret } from '#libs/kernel';
import { createDataSource, migrate, UnitOfWork } from '#libs/persistence';
import type { MasterKeys } from '#libs/secrets';
import { HistoryListener } from '../projector/index.js';
import { MailPgStore } from './mail.pg-store.js';
import { MailSender } from './mail-sender.js';
import { NotificationListener } from './notification.listener.js';
import { NotificationRounds } from './notification-rounds.js';
import { NotificationService } from './notification.service.js';
import { notificationsDatabaseOptions } from './notifications-database.js';
import { OwnerDirectoryPgStore } from './owner-directory.pg-store.js';
import { SmtpMailServer } from './smtp-mail-server.js';
import { StandingPgStore } from './standing.pg-store.js';
import { UnsubscribeLinks } from './unsubscribe-links.js';
import { UnsubscriptionPgStore } from './unsubscription.pg-store.js';

export interface NotificationSettings {
  readonly databaseUrl: Secret;
  /** `smtp://user:password@host:port` or `smtps://…`. */
  readonly smtpUrl: Secret;
  /** Sender of the mails. */
  readonly mailFrom: string;
  /** Where people reach the console and the API. */
  readonly publicUrl: string;
  /** Seal the links by which mails are switched off. */
  readonly masterKeys: MasterKeys;
  /** For accounts that do not say; 0: a mail for each failure. */
  readonly digestMinutes: number;
}

const SOURCE = Symbol('notifications');
const APPLICATION_NAME = 'notifications';
type Source = ReturnType<typeof createDataSource>;

/** Mails to owners, for the projector process: listens to what the history stores, on connections of its own for all else. */
@Module({})
export class NotificationsModule implements OnApplicationShutdown {
  constructor(@Inject(SOURCE) private readonly source: Source) {}

  static forRoot(settings: NotificationSettings): DynamicModule {
    const { smtpUrl: url, mailFrom: from, digestMinutes, masterKeys } = settings;
    const publicUrl = settings.publicUrl.replace(/\/+$/, '');
    const standings = new StandingPgStore();
    return {
      module: NotificationsModule,
      providers: [
        {
          provide: SOURCE,
          useFactory: async () => {
            const options = notificationsDatabaseOptions(settings.databaseUrl, APPLICATION_NAME);
            await migrate(options);
            return createDataSource(options).initialize();
          },
        },
        {
          provide: HistoryListener,
          // After its tables.
          inject: [Clock, SOURCE],
          useFactory: (clock: Clock) => new NotificationListener(standings, clock),
        },
        {
          provide: NotificationRounds,
          inject: [SOURCE, Clock],
          useFactory: (source: Source, clock: Clock) => {
            const unitOfWork = new UnitOfWork(source);
            const mails = new MailPgStore(unitOfWork);
            const stores = {
              ...{ standings, mails },
              owners: new OwnerDirectoryPgStore(),
              unsubscriptions: new UnsubscriptionPgStore(unitOfWork),
            };
            const links = new UnsubscribeLinks(masterKeys, publicUrl);
            const service = new NotificationService(unitOfWork, stores, links, { digestMinutes, publicUrl }, clock);
            return new NotificationRounds(service, new MailSender(mails, new SmtpMailServer({ url, from }), clock));
          },
        },
      ],
      exports: [HistoryListener],
    };
  }

  async onApplicationShutdown(): Promise<void> {
    await this.source.destroy();
  }
}
