import { GrpcMethod, Payload } from '@nestjs/microservices';
import { AnyKey, Caller, type Principal, RequiresScope } from '../auth/index.js';
import * as rpc from '../grpc/index.js';
import { checked, RpcController } from '../grpc/index.js';
import { versionsOf } from '../http/index.js';
import { ListEventTypesDto, ListModulesDto, ListVersionsDto, PutEventTypeDto } from './event-type.dto.js';
import { eventTypeBody, eventTypeMessage, moduleMessage, versionMessage } from './event-type.message.js';
import { EventTypeService } from './event-type.service.js';
import { EventTypeUsage } from './event-type-usage.js';

type Rpcs = 'listModules' | 'listEventTypes' | 'getEventType' | 'listEventTypeVersions' | 'putEventType' | 'deleteEventType';

@RpcController()
@AnyKey()
export class CatalogGrpcController implements Pick<rpc.CatalogServiceController, Rpcs> {
  constructor(
    private readonly eventTypes: EventTypeService,
    private readonly usage: EventTypeUsage,
  ) {}

  @GrpcMethod('CatalogService')
  async listModules(@Payload() request: rpc.ListModulesRequest): Promise<rpc.ListModulesResponse> {
    const { data, nextCursor } = this.eventTypes.modules(await checked(ListModulesDto, request));
    return { modules: data.map(moduleMessage), nextCursor: nextCursor ?? undefined };
  }

  @GrpcMethod('CatalogService')
  async listEventTypes(
    @Payload() request: rpc.ListEventTypesRequest,
    @Caller() { accountId }: Principal,
  ): Promise<rpc.ListEventTypesResponse> {
    const { data, nextCursor } = this.eventTypes.list(await checked(ListEventTypesDto, request));
    return { eventTypes: (await this.usage.of(accountId, data)).map(eventTypeMessage), nextCursor: nextCursor ?? undefined };
  }

  @GrpcMethod('CatalogService')
  async getEventType(@Payload() { name }: rpc.GetEventTypeRequest, @Caller() { accountId }: Principal): Promise<rpc.GetEventTypeResponse> {
    return { eventType: eventTypeMessage(await this.usage.one(accountId, this.eventTypes.get(name ?? ''))) };
  }

  @GrpcMethod('CatalogService')
  async listEventTypeVersions(@Payload() request: rpc.ListEventTypeVersionsRequest): Promise<rpc.ListEventTypeVersionsResponse> {
    const { name = '', ...query } = request;
    const { data, nextCursor } = await this.eventTypes.versions(name, await checked(ListVersionsDto, query));
    return { versions: data.map(versionMessage), nextCursor: nextCursor ?? undefined };
  }

  @GrpcMethod('CatalogService')
  @RequiresScope('admin')
  async putEventType(@Payload() request: rpc.PutEventTypeRequest, @Caller() caller: Principal): Promise<rpc.PutEventTypeResponse> {
    const body = await checked(PutEventTypeDto, eventTypeBody(request.eventType ?? {}));
    const { eventType, created } = await this.eventTypes.put(caller, request.name ?? '', body, versionsOf(request.ifMatch));
    return { eventType: eventTypeMessage(await this.usage.one(caller.accountId, eventType)), created };
  }

  @GrpcMethod('CatalogService')
  @RequiresScope('admin')
  async deleteEventType(@Payload() request: rpc.DeleteEventTypeRequest, @Caller() caller: Principal): Promise<rpc.DeleteEventTypeResponse> {
    await this.eventTypes.delete(caller, request.name ?? '', versionsOf(request.ifMatch));
    return {};
  }
}
