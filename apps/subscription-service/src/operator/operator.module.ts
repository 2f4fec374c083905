import { Module } from '@nestjs/common';
import { Clock } from '#libs/kernel';
import { KafkaConnection, LagMeter, Publisher } from '#libs/messaging';
import { migrate, UnitOfWork } from '#libs/persistence';
import { AuditLog, AuditModule } from '../audit/index.js';
import { AppConfig } from '../config.js';
import { DatabaseModule } from '../database.module.js';
import { APPLICATION_NAME } from '../database-options.js';
import { HistoryDatabaseModule, HistoryUnitOfWork } from '../history-database.module.js';
import { KafkaModule } from '../kafka.module.js';
import { CircuitPgStore } from './circuit.pg-store.js';
import { DeadLetterController } from './dead-letter.controller.js';
import { DeadLetterGrpcController } from './dead-letter.grpc-controller.js';
import { DeadLetterPgStore } from './dead-letter.pg-store.js';
import { DeadLetterService } from './dead-letter.service.js';
import { DeadLetterStore } from './dead-letter.store.js';
import { NotificationPgStore } from './notification.pg-store.js';
import { OperationController } from './operation.controller.js';
import { OperationGrpcController } from './operation.grpc-controller.js';
import { OperationService } from './operation.service.js';
import { operationsDatabaseOptions } from './operations-database.js';

/** What operators see of the whole system. */
@Module({
  imports: [AuditModule, DatabaseModule, HistoryDatabaseModule, KafkaModule],
  controllers: [DeadLetterController, OperationController, DeadLetterGrpcController, OperationGrpcController],
  providers: [
    {
      provide: DeadLetterStore,
      inject: [UnitOfWork, AppConfig],
      useFactory: async (unitOfWork: UnitOfWork, { databaseUrl }: AppConfig) => {
        await migrate(operationsDatabaseOptions(databaseUrl, APPLICATION_NAME));
        return new DeadLetterPgStore(unitOfWork);
      },
    },
    {
      provide: DeadLetterService,
      inject: [DeadLetterStore, Publisher, UnitOfWork, AuditLog, Clock],
      useFactory: (store: DeadLetterStore, publisher: Publisher, unitOfWork: UnitOfWork, audit: AuditLog, clock: Clock) =>
        new DeadLetterService(store, publisher, unitOfWork, audit, clock),
    },
    {
      provide: OperationService,
      inject: [KafkaConnection, HistoryUnitOfWork, Clock, AppConfig],
      useFactory: (connection: KafkaConnection, history: HistoryUnitOfWork, clock: Clock, { topics }: AppConfig) =>
        new OperationService(new LagMeter(connection), new CircuitPgStore(history), new NotificationPgStore(history), clock, topics.prefix),
    },
  ],
})
export class OperatorModule {}
