import { GrpcMethod, Payload } from '@nestjs/microservices';
import { AnyKey, Caller, type Principal, RequiresScope, SCOPES } from '../auth/index.js';
import * as rpc from '../grpc/index.js';
import { checked, enumOf, RpcController, timestampOf, wordOf } from '../grpc/index.js';
import { CreatePortalSessionDto } from './portal-session.dto.js';
import { PortalSessionService } from './portal-session.service.js';
import { sessionView, shownSessionView } from './portal-session.view.js';

@RpcController()
export class PortalSessionGrpcController implements Pick<rpc.AccountServiceController, 'createPortalSession' | 'getSession'> {
  constructor(private readonly sessions: PortalSessionService) {}

  @GrpcMethod('AccountService')
  @RequiresScope('admin')
  async createPortalSession(
    @Payload() { accountId = '', scopes, expiresInSeconds }: Partial<rpc.CreatePortalSessionRequest>,
    @Caller() caller: Principal,
  ): Promise<rpc.CreatePortalSessionResponse> {
    const asked = { scopes: scopes?.map((scope) => wordOf('SCOPE_', SCOPES, scope)), expiresInSeconds };
    const body = await checked(CreatePortalSessionDto, asked);
    const { createdAt, expiresAt, scopes: given, ...shown } = shownSessionView(await this.sessions.create(caller, accountId, body));
    return {
      ...shown,
      scopes: given.map((scope) => enumOf('SCOPE_', scope)),
      createdAt: timestampOf(createdAt),
      expiresAt: timestampOf(expiresAt),
    };
  }

  @GrpcMethod('AccountService')
  @AnyKey()
  getSession(@Payload() _request: rpc.GetSessionRequest, @Caller() caller: Principal): rpc.GetSessionResponse {
    const { id, accountId, scopes, expiresAt } = sessionView(caller);
    return {
      id,
      accountId,
      scopes: scopes.map((scope) => enumOf('SCOPE_', scope)),
      expiresAt: expiresAt === null ? undefined : timestampOf(expiresAt),
    };
  }
}
