import { Module } from '@nestjs/common';
import { UnitOfWork } from '#libs/persistence';
import { DatabaseModule } from '../database.module.js';
import { AccountController } from './account.controller.js';
import { AccountPgStore } from './account.pg-store.js';
import { AccountStore } from './account.store.js';

@Module({
  imports: [DatabaseModule],
  controllers: [AccountController],
  providers: [{ provide: AccountStore, inject: [UnitOfWork], useFactory: (unitOfWork: UnitOfWork) => new AccountPgStore(unitOfWork) }],
})
export class AccountsModule {}
