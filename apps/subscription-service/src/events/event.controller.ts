import { Controller, HttpCode, Post, Req } from '@nestjs/common';
import { RouteConfig } from '@nestjs/platform-fastify';
import type { FastifyRequest } from 'fastify';
import { Caller, type Principal, RequiresScope } from '../auth/index.js';
import { BATCH_BODY_ROUTE, RAW_BODY_ROUTE, rawBodyOf } from '../raw-body.js';
import { readEventBatch, readEventRequest } from './event-body.js';
import { EventService } from './event.service.js';
import { acceptedView, resultView } from './event.view.js';

@Controller('v1/events')
@RequiresScope('events:write')
export class EventController {
  constructor(private readonly events: EventService) {}

  @Post()
  @HttpCode(202)
  @RouteConfig(RAW_BODY_ROUTE)
  async publish(@Caller() caller: Principal, @Req() request: FastifyRequest) {
    return acceptedView(await this.events.publish(caller, readEventRequest(rawBodyOf(request))));
  }

  @Post('batch')
  @HttpCode(202)
  @RouteConfig(BATCH_BODY_ROUTE)
  async publishBatch(@Caller() caller: Principal, @Req() request: FastifyRequest) {
    const results = await this.events.publishBatch(caller, readEventBatch(rawBodyOf(request)));
    return { results: results.map(resultView) };
  }
}
