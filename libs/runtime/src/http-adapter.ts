import { FastifyAdapter } from '@nestjs/platform-fastify';
import type { FastifyReply, FastifyRequest, FastifyServerOptions } from 'fastify';
import { ProblemFilter } from './problem.filter.js';
import { requestIdsOf } from './request-ids.js';

export interface HttpAdapterOptions {
  /** Largest body in bytes that is accepted; 1 MiB when absent. */
  readonly bodyLimit?: number | undefined;
  /** Addresses and ranges of the proxies that are believed what they say of a caller's address. */
  readonly trustedProxies?: readonly string[] | undefined;
}

/** Longest part of a path that stands for an id, percent-decoded. */
const MAX_PARAM_LENGTH = 256;

/** The HTTP server of a service: every answer names its request by `x-request-id`. */
export function httpAdapter({ bodyLimit = 1_048_576, trustedProxies = [] }: HttpAdapterOptions = {}): FastifyAdapter {
  const problems = new ProblemFilter();
  const options: FastifyServerOptions = {
    bodyLimit,
    forceCloseConnections: true,
    requestIdHeader: false,
    frameworkErrors: (error, request, reply) => {
      void reply.header('x-request-id', request.id);
      problems.answer(error, request, reply);
    },
    genReqId: (request) => requestIdsOf(request).requestId,
    routerOptions: { maxParamLength: MAX_PARAM_LENGTH },
    ...(trustedProxies.length === 0 ? {} : { trustProxy: [...trustedProxies] }),
  };
  const adapter = new FastifyAdapter(options);
  adapter.getInstance().addHook('onRequest', (request: FastifyRequest, reply: FastifyReply, done: () => void) => {
    void reply.header('x-request-id', request.id);
    done();
  });
  return adapter;
}
