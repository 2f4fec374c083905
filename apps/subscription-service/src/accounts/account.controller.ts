import { Controller, Get, Param } from '@nestjs/common';
import { AppError } from '#libs/kernel';
import { Caller, type Principal } from '../auth/index.js';
import { AccountStore } from './account.store.js';
import './account.errors.js';

@Controller('v1/accounts')
export class AccountController {
  constructor(private readonly accounts: AccountStore) {}

  @Get(':id')
  async get(@Caller() caller: Principal, @Param('id') id: string) {
    const account = id === caller.accountId ? await this.accounts.find(id) : undefined;
    if (!account) throw new AppError('ACCOUNT_NOT_FOUND', 'there is no account with this id');
    return account;
  }
}
