import { type CallHandler, type ExecutionContext, Injectable, type NestInterceptor } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { from, lastValueFrom, type Observable } from 'rxjs';
import { callOf, principalOf } from '../auth/index.js';
import { ServiceOutbox } from '../outbox/index.js';
import { Idempotency } from './idempotency.js';

/** What a repeat gets besides the body. */
const KEPT_HEADERS = ['etag', 'location'] as const;

interface HttpAnswer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  /** Absent: the answer had none. */
  readonly body?: unknown;
}

/** Makes every POST with an `Idempotency-Key` happen once. Stands outside of the pipes, so that refusals of the body are remembered too. */
@Injectable()
export class IdempotencyInterceptor implements NestInterceptor {
  constructor(
    private readonly idempotency: Idempotency,
    private readonly outbox: ServiceOutbox,
  ) {}

  intercept(context: ExecutionContext, next: CallHandler<unknown>): Observable<unknown> {
    if (context.getType() !== 'http') return next.handle();
    const request = context.switchToHttp().getRequest<FastifyRequest>();
    const key = request.headers['idempotency-key'];
    const principal = principalOf(callOf(context));
    if (request.method !== 'POST' || key === undefined || !principal) return next.handle();
    const call = { key: String(key), operation: `POST ${request.url}`, fingerprint: bodyOf(request) };
    const reply = context.switchToHttp().getResponse<FastifyReply>();
    const run = async (): Promise<HttpAnswer> => {
      const body = await lastValueFrom(next.handle(), { defaultValue: undefined });
      return { status: reply.statusCode, headers: keptHeaders(reply), body };
    };
    return from(
      this.idempotency.once(principal, call, run).then(({ answer, replayed }) => {
        if (replayed) void reply.status(answer.status).headers({ ...answer.headers, 'idempotent-replayed': 'true' });
        // Who filled the outbox told it to publish before the commit.
        else this.outbox.wake();
        return answer.body;
      }),
    );
  }
}

function bodyOf(request: FastifyRequest): string | Buffer {
  return Buffer.isBuffer(request.body) ? request.body : JSON.stringify(request.body ?? null);
}

function keptHeaders(reply: FastifyReply): Record<string, string> {
  return Object.fromEntries(
    KEPT_HEADERS.flatMap((name) => {
      const value = reply.getHeader(name);
      return value === undefined ? [] : [[name, String(value)]];
    }),
  );
}
