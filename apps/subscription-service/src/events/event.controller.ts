import { Controller, HttpCode, Post, Req } from '@nestjs/common';
import { RouteConfig } from '@nestjs/platform-fastify';
import type { FastifyRequest } from 'fastify';
import { Caller, type Principal } from '../auth/index.js';
import { RAW_BODY_ROUTE, rawBodyOf } from '../raw-body.js';
import { readEventRequest } from './event-request.js';
import { EventService } from './event.service.js';

@Controller('v1/events')
export class EventController {
  constructor(private readonly events: EventService) {}

  @Post()
  @HttpCode(202)
  @RouteConfig(RAW_BODY_ROUTE)
  async publish(@Caller() caller: Principal, @Req() request: FastifyRequest) {
    return { id: await this.events.publish(caller, readEventRequest(rawBodyOf(request))) };
  }
}
