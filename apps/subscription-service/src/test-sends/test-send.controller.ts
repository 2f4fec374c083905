import { Controller, HttpCode, Param, Post, Req } from '@nestjs/common';
import { RouteConfig } from '@nestjs/platform-fastify';
import type { FastifyRequest } from 'fastify';
import { Caller, type Principal, RequiresScope } from '../auth/index.js';
import { RAW_BODY_ROUTE } from '../raw-body.js';
import { readTestSend } from './test-send-body.js';
import { TestSendService } from './test-send.service.js';

@Controller('v1/webhooks/:id/test')
export class TestSendController {
  constructor(private readonly tests: TestSendService) {}

  @Post()
  @HttpCode(202)
  @RequiresScope('webhooks:write')
  @RouteConfig(RAW_BODY_ROUTE)
  send(@Caller() caller: Principal, @Param('id') id: string, @Req() { body }: FastifyRequest) {
    return this.tests.send(caller, id, readTestSend(Buffer.isBuffer(body) ? body : undefined));
  }
}
