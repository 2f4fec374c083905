import { Controller, HttpCode, Post, Req } from '@nestjs/common';
import { RouteConfig } from '@nestjs/platform-fastify';
import type { FastifyRequest } from 'fastify';
import { AnyKey, Caller, type Principal } from '../auth/index.js';
import { RAW_BODY_ROUTE, rawBodyOf } from '../raw-body.js';
import { readFilterTest } from './filter-test.js';
import { FilterTester } from './filter-tester.js';

@Controller('v1/filters')
@AnyKey()
export class FilterController {
  constructor(private readonly tester: FilterTester) {}

  @Post('test')
  @HttpCode(200)
  @RouteConfig(RAW_BODY_ROUTE)
  test(@Caller() caller: Principal, @Req() request: FastifyRequest) {
    return this.tester.test(caller, readFilterTest(rawBodyOf(request)));
  }
}
