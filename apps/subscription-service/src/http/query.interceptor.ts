import { type CallHandler, type ExecutionContext, Injectable, type NestInterceptor } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import type { Observable } from 'rxjs';
import { validationFailed } from '#libs/runtime';

// Where Nest keeps the parameters of a handler, as `<kind>:<position>`; 4 is the kind of @Query.
const ARGUMENTS = '__routeArguments__';
const QUERY = /^4:/;

/** Refuses parameters in the query of API routes that read none; those that do check theirs by their DTO. */
@Injectable()
export class QueryInterceptor implements NestInterceptor {
  intercept(context: ExecutionContext, next: CallHandler<unknown>): Observable<unknown> {
    if (context.getType() === 'http') check(context);
    return next.handle();
  }
}

function check(context: ExecutionContext): void {
  const { query, url } = context.switchToHttp().getRequest<FastifyRequest>();
  const names = Object.keys(query as object);
  if (names.length === 0 || !url.startsWith('/v1/')) return;
  const declared = Reflect.getMetadata(ARGUMENTS, context.getClass(), context.getHandler().name) as object | undefined;
  if (Object.keys(declared ?? {}).some((argument) => QUERY.test(argument))) return;
  throw validationFailed(names.map((field) => ({ field, rule: 'unknown-field', message: `${field} is not a known field` })));
}
