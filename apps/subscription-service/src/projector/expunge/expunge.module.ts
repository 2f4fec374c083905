import { type DynamicModule, Module } from '@nestjs/common';
import { UnitOfWork } from '#libs/persistence';
import { AuditLog, AuditModule } from '../../audit/index.js';
import { AppConfig } from '../../config.js';
import { DatabaseModule } from '../../database.module.js';
import { APPLICATION_NAME } from '../../database-options.js';
import { HistoryDatabaseModule, HistoryUnitOfWork } from '../../history-database.module.js';
import { ExpungeController } from './expunge.controller.js';
import { ExpungeGrpcController } from './expunge.grpc-controller.js';
import { Expunge } from './expunge.js';
import type { ExpungeParty } from './expunge-party.js';
import { ExpungePgStore } from './expunge.pg-store.js';
import { ExpungeService } from './expunge.service.js';

/** Who keeps something beside the history, over a database whose schemas are theirs. */
export type ExpungePartiesOf = (url: AppConfig['databaseUrl'], applicationName: string, unitOfWork: UnitOfWork) => Promise<ExpungeParty[]>;

/** Of the API process; the only part of it that writes to the history. */
@Module({})
export class ExpungeModule {
  static forRoot(partiesOf: ExpungePartiesOf): DynamicModule {
    return {
      module: ExpungeModule,
      imports: [AuditModule, DatabaseModule, HistoryDatabaseModule],
      controllers: [ExpungeController, ExpungeGrpcController],
      providers: [
        {
          provide: ExpungeService,
          inject: [HistoryUnitOfWork, AuditLog, UnitOfWork, AppConfig],
          useFactory: async (history: HistoryUnitOfWork, audit: AuditLog, unitOfWork: UnitOfWork, { databaseUrl }: AppConfig) => {
            const parties = await partiesOf(databaseUrl, APPLICATION_NAME, history);
            return new ExpungeService(new Expunge(new ExpungePgStore(history), parties), audit, unitOfWork);
          },
        },
      ],
    };
  }
}
