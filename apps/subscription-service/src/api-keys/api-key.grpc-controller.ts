import { GrpcMethod, Payload } from '@nestjs/microservices';
import { isId } from '#libs/kernel';
import { Caller, type Principal, RequiresScope } from '../auth/index.js';
import * as rpc from '../grpc/index.js';
import { checked, RpcController } from '../grpc/index.js';
import { decodeKeyCursor, versionsOf } from '../http/index.js';
import { apiKeyView } from './api-key.js';
import { CreateApiKeyDto, ListApiKeysDto, RotateApiKeyDto, UpdateApiKeyDto } from './api-key.dto.js';
import { apiKeyBody, apiKeyMessage, apiKeyPatchBody } from './api-key.message.js';
import { ApiKeyService, type ShownKey } from './api-key.service.js';

type Rpcs = 'createApiKey' | 'listApiKeys' | 'getApiKey' | 'updateApiKey' | 'rotateApiKey' | 'revokeApiKey';

@RpcController()
@RequiresScope('admin')
export class ApiKeyGrpcController implements Pick<rpc.AccountServiceController, Rpcs> {
  constructor(private readonly apiKeys: ApiKeyService) {}

  @GrpcMethod('AccountService')
  async createApiKey(@Payload() request: rpc.CreateApiKeyRequest, @Caller() caller: Principal): Promise<rpc.CreateApiKeyResponse> {
    const body = await checked(CreateApiKeyDto, apiKeyBody(request));
    return shownMessage(await this.apiKeys.create(caller, request.accountId ?? '', body));
  }

  @GrpcMethod('AccountService')
  async listApiKeys(@Payload() request: rpc.ListApiKeysRequest, @Caller() caller: Principal): Promise<rpc.ListApiKeysResponse> {
    const { accountId = '', ...query } = request;
    const { cursor, limit } = await checked(ListApiKeysDto, query);
    const after = decodeKeyCursor(cursor, (key) => isId('key', key));
    const { data, nextCursor } = await this.apiKeys.list(caller, accountId, { after, limit });
    return { apiKeys: data.map((apiKey) => apiKeyMessage(apiKeyView(apiKey))), nextCursor: nextCursor ?? undefined };
  }

  @GrpcMethod('AccountService')
  async getApiKey(@Payload() request: rpc.GetApiKeyRequest, @Caller() caller: Principal): Promise<rpc.GetApiKeyResponse> {
    return { apiKey: apiKeyMessage(apiKeyView(await this.apiKeys.get(caller, request.accountId ?? '', request.id ?? ''))) };
  }

  @GrpcMethod('AccountService')
  async updateApiKey(@Payload() request: rpc.UpdateApiKeyRequest, @Caller() caller: Principal): Promise<rpc.UpdateApiKeyResponse> {
    const { accountId = '', id = '', ifMatch } = request;
    const body = await checked(UpdateApiKeyDto, apiKeyPatchBody(request));
    return { apiKey: apiKeyMessage(apiKeyView(await this.apiKeys.update(caller, accountId, id, body, versionsOf(ifMatch)))) };
  }

  @GrpcMethod('AccountService')
  async rotateApiKey(@Payload() request: rpc.RotateApiKeyRequest, @Caller() caller: Principal): Promise<rpc.RotateApiKeyResponse> {
    const { accountId = '', id = '', ifMatch, ...body } = request;
    const { overlapSeconds } = await checked(RotateApiKeyDto, body);
    return shownMessage(await this.apiKeys.rotate(caller, accountId, id, overlapSeconds, versionsOf(ifMatch)));
  }

  @GrpcMethod('AccountService')
  async revokeApiKey(@Payload() request: rpc.RevokeApiKeyRequest, @Caller() caller: Principal): Promise<rpc.RevokeApiKeyResponse> {
    await this.apiKeys.revoke(caller, request.accountId ?? '', request.id ?? '', versionsOf(request.ifMatch));
    return {};
  }
}

function shownMessage({ apiKey, text }: ShownKey): { apiKey: rpc.ApiKey; key: string } {
  return { apiKey: apiKeyMessage(apiKeyView(apiKey)), key: text.reveal() };
}
