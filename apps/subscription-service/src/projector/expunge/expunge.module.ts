import { Module } from '@nestjs/common';
import { UnitOfWork } from '#libs/persistence';
import { AuditLog, AuditModule } from '../../audit/index.js';
import { DatabaseModule } from '../../database.module.js';
import { HistoryDatabaseModule, HistoryUnitOfWork } from '../../history-database.module.js';
import { ExpungeController } from './expunge.controller.js';
import { ExpungeGrpcController } from './expunge.grpc-controller.js';
import { ExpungePgStore } from './expunge.pg-store.js';
import { ExpungeService } from './expunge.service.js';

/** Of the API process; the only part of it that writes to the history. */
@Module({
  imports: [AuditModule, DatabaseModule, HistoryDatabaseModule],
  controllers: [ExpungeController, ExpungeGrpcController],
  providers: [
    {
      provide: ExpungeService,
      inject: [HistoryUnitOfWork, AuditLog, UnitOfWork],
      useFactory: (history: HistoryUnitOfWork, audit: AuditLog, unitOfWork: UnitOfWork) =>
        new ExpungeService(new ExpungePgStore(history), audit, unitOfWork),
    },
  ],
})
export class ExpungeModule {}
