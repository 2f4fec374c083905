import type { Metadata, ServerUnaryCall } from '@grpc/grpc-js';
import type { CanActivate, ExecutionContext } from '@nestjs/common';
import type { Reflector } from '@nestjs/core';
import { accessOf, admit, type Doorkeeper, rateLimitHeaders } from '../auth/index.js';
import { traceIdOf } from '../grpc/index.js';
import { answerHeaders } from './answer-headers.js';

const REQUEST_ID = 'x-request-id';

/** The guard of every RPC: who has no valid key gets nowhere, and nowhere that does not say who may pass. */
export class RpcGuard implements CanActivate {
  constructor(
    private readonly doorkeeper: Doorkeeper,
    private readonly reflector: Reflector,
  ) {}

  async canActivate(context: ExecutionContext): Promise<boolean> {
    const [, metadata, call] = context.getArgs<[object, Metadata, ServerUnaryCall<object, object>]>();
    const requestId = requestIdOf(metadata);
    answerHeaders(metadata).set(REQUEST_ID, requestId);
    const access = accessOf(this.reflector, context.getHandler() as never, context.getClass());
    if (access === undefined) throw new Error(`${call.getPath()} does not say who may call it`);
    if (access === 'open') return true;
    const presented = {
      authorization: text(metadata, 'authorization'),
      account: text(metadata, 'hookstream-account'),
      origin: { remoteAddress: addressOf(call.getPeer()), requestId },
    };
    const principal = await this.doorkeeper.enter(access, presented, (allowance) => {
      for (const [name, value] of Object.entries(rateLimitHeaders(allowance))) answerHeaders(metadata).set(name, value);
    });
    admit(metadata, principal);
    return true;
  }
}

function text(metadata: Metadata, name: string): string | undefined {
  const value = metadata.get(name)[0];
  return typeof value === 'string' ? value : undefined;
}

/** The caller's own id of the request, when it is one that can be shown; else one is made. */
function requestIdOf(metadata: Metadata): string {
  const given = text(metadata, REQUEST_ID);
  return given !== undefined && /^[\x21-\x7e]{1,128}$/.test(given) ? given : traceIdOf(metadata);
}

/** @param peer `127.0.0.1:4711` or `[::1]:4711` */
function addressOf(peer: string): string {
  return peer.replace(/:\d+$/, '').replaceAll(/[[\]]/g, '');
}
