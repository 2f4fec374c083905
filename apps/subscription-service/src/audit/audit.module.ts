import { Module } from '@nestjs/common';
import { Clock } from '#libs/kernel';
import { UnitOfWork } from '#libs/persistence';
import { FailedAuthentications } from '../auth/index.js';
import { DatabaseModule } from '../database.module.js';
import { AuditController } from './audit.controller.js';
import { AuditGrpcController } from './audit.grpc-controller.js';
import { AuditLog } from './audit-log.js';
import { AuditLogPgStore } from './audit-log.pg-store.js';
import { AuditedFailures } from './audited-failures.js';

@Module({
  imports: [DatabaseModule],
  controllers: [AuditController, AuditGrpcController],
  providers: [
    {
      provide: AuditLog,
      inject: [UnitOfWork, Clock],
      useFactory: (unitOfWork: UnitOfWork, clock: Clock) => new AuditLogPgStore(unitOfWork, clock),
    },
    {
      provide: FailedAuthentications,
      inject: [UnitOfWork, AuditLog],
      useFactory: (unitOfWork: UnitOfWork, audit: AuditLog) => new AuditedFailures(unitOfWork, audit),
    },
  ],
  exports: [AuditLog, FailedAuthentications],
})
export class AuditModule {}
