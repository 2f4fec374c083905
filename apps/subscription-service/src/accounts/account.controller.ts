import { Body, Controller, Delete, Get, Headers, HttpCode, Param, Patch, Post, Query, UseInterceptors } from '@nestjs/common';
import { AnyKey, Caller, type Principal, RequiresScope } from '../auth/index.js';
import { decodeKeyCursor, VersionTagInterceptor, versionsOf } from '../http/index.js';
import { CreateAccountDto, ListAccountsDto, UpdateAccountDto } from './account.dto.js';
import { isAccountId } from './account-id.js';
import { AccountService } from './account.service.js';

const IF_MATCH = 'if-match';

@Controller('v1/accounts')
@RequiresScope('admin')
@UseInterceptors(VersionTagInterceptor)
export class AccountController {
  constructor(private readonly accounts: AccountService) {}

  @Post()
  create(@Caller() caller: Principal, @Body() body: CreateAccountDto) {
    return this.accounts.create(caller, body);
  }

  @Get()
  list(@Query() { cursor, ...query }: ListAccountsDto) {
    return this.accounts.list({ ...query, after: decodeKeyCursor(cursor, isAccountId) });
  }

  @Get(':id')
  @AnyKey()
  get(@Caller() caller: Principal, @Param('id') id: string) {
    return this.accounts.get(caller, id);
  }

  @Patch(':id')
  update(@Caller() caller: Principal, @Param('id') id: string, @Headers(IF_MATCH) ifMatch: string, @Body() body: UpdateAccountDto) {
    return this.accounts.update(caller, id, body, versionsOf(ifMatch));
  }

  @Delete(':id')
  @HttpCode(204)
  delete(@Caller() caller: Principal, @Param('id') id: string, @Headers(IF_MATCH) ifMatch: string): Promise<void> {
    return this.accounts.delete(caller, id, versionsOf(ifMatch));
  }
}
