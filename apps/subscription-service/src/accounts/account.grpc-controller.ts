import { GrpcMethod, Payload } from '@nestjs/microservices';
import { AnyKey, Caller, type Principal, RequiresScope } from '../auth/index.js';
import * as rpc from '../grpc/index.js';
import { checked, RpcController } from '../grpc/index.js';
import { decodeKeyCursor, versionsOf } from '../http/index.js';
import { CreateAccountDto, ListAccountsDto, UpdateAccountDto } from './account.dto.js';
import { isAccountId } from './account-id.js';
import { accountBody, accountMessage, accountPatchBody } from './account.message.js';
import { AccountService } from './account.service.js';

type Rpcs = 'createAccount' | 'listAccounts' | 'getAccount' | 'updateAccount' | 'deleteAccount';

@RpcController()
@RequiresScope('admin')
export class AccountGrpcController implements Pick<rpc.AccountServiceController, Rpcs> {
  constructor(private readonly accounts: AccountService) {}

  @GrpcMethod('AccountService')
  async createAccount(@Payload() request: rpc.CreateAccountRequest, @Caller() caller: Principal): Promise<rpc.CreateAccountResponse> {
    const body = await checked(CreateAccountDto, accountBody(request));
    return { account: accountMessage(await this.accounts.create(caller, body)) };
  }

  @GrpcMethod('AccountService')
  async listAccounts(@Payload() request: rpc.ListAccountsRequest): Promise<rpc.ListAccountsResponse> {
    const { cursor, ...query } = await checked(ListAccountsDto, request);
    const { data, nextCursor } = await this.accounts.list({ ...query, after: decodeKeyCursor(cursor, isAccountId) });
    return { accounts: data.map(accountMessage), nextCursor: nextCursor ?? undefined };
  }

  @GrpcMethod('AccountService')
  @AnyKey()
  async getAccount(@Payload() { id }: rpc.GetAccountRequest, @Caller() caller: Principal): Promise<rpc.GetAccountResponse> {
    return { account: accountMessage(await this.accounts.get(caller, id ?? '')) };
  }

  @GrpcMethod('AccountService')
  async updateAccount(@Payload() request: rpc.UpdateAccountRequest, @Caller() caller: Principal): Promise<rpc.UpdateAccountResponse> {
    const body = await checked(UpdateAccountDto, accountPatchBody(request));
    return { account: accountMessage(await this.accounts.update(caller, request.id ?? '', body, versionsOf(request.ifMatch))) };
  }

  @GrpcMethod('AccountService')
  async deleteAccount(@Payload() request: rpc.DeleteAccountRequest, @Caller() caller: Principal): Promise<rpc.DeleteAccountResponse> {
    await this.accounts.delete(caller, request.id ?? '', versionsOf(request.ifMatch));
    return {};
  }
}
