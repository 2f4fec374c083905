import { Module } from '@nestjs/common';
import { Clock } from '#libs/kernel';
import { HistoryDatabaseModule, HistoryUnitOfWork } from '../history-database.module.js';
import { StandingPgStore } from './standing.pg-store.js';
import { WebhookStandings } from './webhook-standings.js';

@Module({
  imports: [HistoryDatabaseModule],
  providers: [
    {
      provide: WebhookStandings,
      inject: [HistoryUnitOfWork, Clock],
      useFactory: (unitOfWork: HistoryUnitOfWork, clock: Clock) => new WebhookStandings(new StandingPgStore(unitOfWork), clock),
    },
  ],
  exports: [WebhookStandings],
})
export class WebhookStandingModule {}
