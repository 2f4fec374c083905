import { type ArgumentsHost, Catch, type ExceptionFilter, HttpException, Logger } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { AppError } from '#libs/kernel';
import { problemOf } from './problem.js';
import { requestIdsOf } from './request-ids.js';
import './runtime.errors.js';

/** Faults of the path that the router finds: wrong percent-encoding, and an id longer than any. */
const ADDRESS_FAULTS = new Set(['FST_ERR_BAD_URL', 'FST_ERR_MAX_PARAM_LENGTH']);
const DEFAULT_RETRY_AFTER_SECONDS = 1;

/** The HTTP door: any error becomes a problem document; nothing of a stack trace leaves. */
@Catch()
export class ProblemFilter implements ExceptionFilter {
  private readonly logger = new Logger(ProblemFilter.name);

  catch(cause: unknown, host: ArgumentsHost): void {
    const http = host.switchToHttp();
    this.answer(cause, http.getRequest<FastifyRequest>(), http.getResponse<FastifyReply>());
  }

  /** For what fails before any route is found, too. */
  answer(cause: unknown, request: FastifyRequest, reply: FastifyReply): void {
    if (reply.sent) return;
    const error = asAppError(cause);
    const { traceId } = requestIdsOf(request.raw);
    const problem = problemOf(error, traceId);
    if (error.kind === 'bug') this.logger.error({ err: cause, traceId, route: request.routeOptions?.url }, 'request.failed');
    const retryAfter = error.retryAfterSeconds ?? (error.kind === 'unavailable' ? DEFAULT_RETRY_AFTER_SECONDS : undefined);
    if (retryAfter !== undefined) void reply.header('retry-after', String(retryAfter));
    if (error.kind === 'unauthenticated') void reply.header('www-authenticate', 'Bearer');
    void reply.status(problem.status).type('application/problem+json').send(problem);
  }
}

function asAppError(cause: unknown): AppError {
  if (cause instanceof AppError) return cause;
  const status = cause instanceof HttpException ? cause.getStatus() : (cause as { statusCode?: unknown })?.statusCode;
  const code = (cause as { code?: unknown })?.code;
  if (ADDRESS_FAULTS.has(String(code))) return new AppError('ROUTE_NOT_FOUND', 'there is nothing at this address', { cause });
  if (status === 413) return new AppError('BODY_TOO_LARGE', 'the body is larger than this route accepts', { cause });
  if (status === 415) return new AppError('CONTENT_TYPE_UNSUPPORTED_HTTP', 'send content-type: application/json', { cause });
  if (status === 404) return new AppError('ROUTE_NOT_FOUND', 'there is nothing at this address', { cause });
  if (status === 400) return new AppError('MALFORMED_BODY', bodyFault(code), { cause });
  return new AppError('INTERNAL', 'unexpected error', { cause });
}

function bodyFault(code: unknown): string {
  return code === 'FST_ERR_CTP_EMPTY_JSON_BODY' ? 'the body is empty' : 'the body is not JSON';
}
