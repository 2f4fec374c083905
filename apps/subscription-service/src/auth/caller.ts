import { createParamDecorator, type ExecutionContext } from '@nestjs/common';
import type { Principal } from './principal.js';

const principals = new WeakMap<object, Principal>();

/** What stands for one call: the request over HTTP, the metadata object over gRPC. */
export function callOf(context: ExecutionContext): object {
  return context.getType() === 'rpc' ? context.switchToRpc().getContext<object>() : context.switchToHttp().getRequest<object>();
}

/** Notes who makes a call; only the guard does. */
export function admit(call: object, principal: Principal): void {
  principals.set(call, principal);
}

/** Who makes a call; undefined before the guard has let it in, and on open routes. */
export function principalOf(call: object): Principal | undefined {
  return principals.get(call);
}

/** The principal that the guard let in. */
export const Caller = createParamDecorator((_: unknown, context: ExecutionContext): Principal => {
  const principal = principalOf(callOf(context));
  if (!principal) throw new Error('a route was reached without passing the guard');
  return principal;
});
