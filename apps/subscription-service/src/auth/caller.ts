import { createParamDecorator, type ExecutionContext } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import type { Principal } from './principal.js';

const principals = new WeakMap<FastifyRequest, Principal>();

/** Notes who sent a request; only the guard does. */
export function admit(request: FastifyRequest, principal: Principal): void {
  principals.set(request, principal);
}

/** The principal that the guard let in. */
export const Caller = createParamDecorator((_: unknown, context: ExecutionContext): Principal => {
  const principal = principals.get(context.switchToHttp().getRequest<FastifyRequest>());
  if (!principal) throw new Error('a route was reached without passing the guard');
  return principal;
});
