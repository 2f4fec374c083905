import { Module } from '@nestjs/common';
import { Clock } from '#libs/kernel';
import { UnitOfWork } from '#libs/persistence';
import { AccountService, AccountsModule } from '../accounts/index.js';
import { AuditLog, AuditModule } from '../audit/index.js';
import { PortalTokens } from '../auth/index.js';
import { AppConfig } from '../config.js';
import { DatabaseModule } from '../database.module.js';
import { ConsoleConfigController } from './console-config.controller.js';
import { PortalSessionController } from './portal-session.controller.js';
import { PortalSessionGrpcController } from './portal-session.grpc-controller.js';
import { PortalSessionService } from './portal-session.service.js';

/** The console inside other products. */
@Module({
  imports: [AccountsModule, AuditModule, DatabaseModule],
  controllers: [PortalSessionController, PortalSessionGrpcController, ConsoleConfigController],
  providers: [
    {
      provide: PortalSessionService,
      inject: [AccountService, AppConfig, UnitOfWork, AuditLog, Clock],
      useFactory: (accounts: AccountService, { masterKeys }: AppConfig, unitOfWork: UnitOfWork, audit: AuditLog, clock: Clock) =>
        new PortalSessionService(accounts, new PortalTokens(masterKeys), unitOfWork, audit, clock),
    },
  ],
})
export class PortalModule {}
