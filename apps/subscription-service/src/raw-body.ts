import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import type { FastifyRequest } from 'fastify';
import { MAX_EVENT_BYTES } from '#libs/contracts';
import { AppError } from '#libs/kernel';
import { validationFailed } from '#libs/runtime';

/** Marks a route that reads its JSON body itself, byte for byte. */
export const RAW_BODY_ROUTE = { rawBody: true };

/** An event of the largest size, with its id, type and the other short members around it. */
const MAX_RAW_BYTES = MAX_EVENT_BYTES + 64 * 1024;

/** Parses JSON bodies, but hands marked routes the bytes; an absent body is no fault of the parser. */
export function useJsonBodies(app: NestFastifyApplication): void {
  const parse = app.getHttpAdapter().getInstance().getDefaultJsonParser('error', 'error');
  app.useBodyParser('application/json', { bodyLimit: MAX_RAW_BYTES }, (request, body, done) => {
    if ((request.routeOptions.config as { rawBody?: boolean }).rawBody || body.length === 0) return done(null, body);
    void parse(request as FastifyRequest, body.toString('utf8'), (error, parsed: unknown) => {
      if (error) return done(error);
      if (typeof parsed === 'object' && parsed !== null && !Array.isArray(parsed)) return done(null, parsed);
      done(validationFailed([{ field: 'body', rule: 'object', message: 'the body must be a JSON object' }]));
    });
  });
}

/** Everything else, forms and plain text included, is answered as what it is: not JSON. */
export function refuseOtherBodies(app: NestFastifyApplication): void {
  const refuse = () => Promise.reject(new AppError('CONTENT_TYPE_UNSUPPORTED_HTTP', 'send content-type: application/json'));
  app.useBodyParser('application/x-www-form-urlencoded', {}, refuse);
  app.getHttpAdapter().getInstance().removeContentTypeParser('text/plain');
}

/** The body of a marked route as it was sent. @throws AppError `MALFORMED_BODY` when there is none */
export function rawBodyOf(request: FastifyRequest): Buffer {
  if (Buffer.isBuffer(request.body) && request.body.length > 0) return request.body;
  throw new AppError('MALFORMED_BODY', 'the body is empty');
}
