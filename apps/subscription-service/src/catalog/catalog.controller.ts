import { Body, Controller, Delete, Get, Headers, HttpCode, Param, Put, Query, Res, UseInterceptors } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { AnyKey, Caller, type Principal, RequiresScope } from '../auth/index.js';
import { VersionTagInterceptor, versionsOf } from '../http/index.js';
import { ListEventTypesDto, ListModulesDto, ListVersionsDto, PutEventTypeDto } from './event-type.dto.js';
import { EventTypeService } from './event-type.service.js';
import { EventTypeUsage } from './event-type-usage.js';

const IF_MATCH = 'if-match';

/** What a webhook can subscribe to. */
@Controller('v1')
@AnyKey()
@UseInterceptors(VersionTagInterceptor)
export class CatalogController {
  constructor(
    private readonly eventTypes: EventTypeService,
    private readonly usage: EventTypeUsage,
  ) {}

  @Get('modules')
  modules(@Query() query: ListModulesDto) {
    return this.eventTypes.modules(query);
  }

  @Get('event-types')
  async list(@Caller() { accountId }: Principal, @Query() query: ListEventTypesDto) {
    const { data, nextCursor } = this.eventTypes.list(query);
    return { data: await this.usage.of(accountId, data), nextCursor };
  }

  @Get('event-types/:type')
  get(@Caller() { accountId }: Principal, @Param('type') type: string) {
    return this.usage.one(accountId, this.eventTypes.get(type));
  }

  @Get('event-types/:type/versions')
  versions(@Param('type') type: string, @Query() query: ListVersionsDto) {
    return this.eventTypes.versions(type, query);
  }

  @Put('event-types/:type')
  @RequiresScope('admin')
  async put(
    @Caller() caller: Principal,
    @Param('type') type: string,
    @Headers(IF_MATCH) ifMatch: string,
    @Body() body: PutEventTypeDto,
    @Res({ passthrough: true }) reply: FastifyReply,
  ) {
    const { eventType, created } = await this.eventTypes.put(caller, type, body, versionsOf(ifMatch));
    void reply.status(created ? 201 : 200);
    return this.usage.one(caller.accountId, eventType);
  }

  @Delete('event-types/:type')
  @RequiresScope('admin')
  @HttpCode(204)
  async delete(@Caller() caller: Principal, @Param('type') type: string, @Headers(IF_MATCH) ifMatch: string): Promise<void> {
    await this.eventTypes.delete(caller, type, versionsOf(ifMatch));
  }
}
