import { type CanActivate, type ExecutionContext, Injectable } from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { accessOf } from './access.js';
import { admit } from './caller.js';
import { Doorkeeper } from './doorkeeper.js';
import { rateLimitHeaders } from './rate-limits.js';

/** The guard of every HTTP route: who has no valid key gets nowhere, and nowhere that does not say who may pass. */
@Injectable()
export class AuthGuard implements CanActivate {
  constructor(
    private readonly doorkeeper: Doorkeeper,
    private readonly reflector: Reflector,
  ) {}

  async canActivate(context: ExecutionContext): Promise<boolean> {
    const access = accessOf(this.reflector, context.getHandler() as never, context.getClass());
    if (access === undefined) throw new Error(`${context.getClass().name}.${context.getHandler().name} does not say who may call it`);
    if (access === 'open') return true;
    const request = context.switchToHttp().getRequest<FastifyRequest>();
    const reply = context.switchToHttp().getResponse<FastifyReply>();
    const { authorization, 'hookstream-account': account } = request.headers;
    const origin = { remoteAddress: request.ip, requestId: request.id };
    const presented = { authorization, account: account === undefined ? undefined : String(account), origin };
    const principal = await this.doorkeeper.enter(access, presented, (allowance) => void reply.headers(rateLimitHeaders(allowance)));
    admit(request, principal);
    return true;
  }
}
