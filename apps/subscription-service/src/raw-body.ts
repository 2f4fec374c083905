import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import type { FastifyRequest } from 'fastify';
import { checkJson, ContractViolation, MAX_EVENT_BYTES, MAX_JSON_DEPTH } from '#libs/contracts';
import { AppError } from '#libs/kernel';
import { validationFailed } from '#libs/runtime';

/** Marks a route that reads its JSON body itself, byte for byte. */
export const RAW_BODY_ROUTE = { rawBody: true };

/** An event of the largest size, with its id, type and the other short members around it. */
const MAX_RAW_BYTES = MAX_EVENT_BYTES + 64 * 1024;

/** Bytes that all events of a batch, with what is around them, may have. */
export const MAX_BATCH_BYTES = 8 * 1024 * 1024;

/** Marks a route that reads a batch of events itself. */
export const BATCH_BODY_ROUTE = { ...RAW_BODY_ROUTE, bodyLimit: MAX_BATCH_BYTES };

/** Gives marked routes a limit of their own. To be called before the routes are made. */
export function useBodyLimits(app: NestFastifyApplication): void {
  app
    .getHttpAdapter()
    .getInstance()
    .addHook('onRoute', (route) => {
      const { bodyLimit } = (route.config ?? {}) as { bodyLimit?: number };
      if (bodyLimit !== undefined) route.bodyLimit = bodyLimit;
    });
}

/** The second is how RFC 7396 calls the body of a PATCH. */
const JSON_TYPES = ['application/json', 'application/merge-patch+json'];

/** Parses JSON bodies, but hands marked routes the bytes; an absent body is no fault of the parser. */
export function useJsonBodies(app: NestFastifyApplication): void {
  const parse = app.getHttpAdapter().getInstance().getDefaultJsonParser('error', 'error');
  app.useBodyParser(JSON_TYPES, { bodyLimit: MAX_RAW_BYTES }, (request, body, done) => {
    if ((request.routeOptions.config as { rawBody?: boolean }).rawBody || body.length === 0) return done(null, body);
    if (isTooDeep(body)) {
      return done(
        validationFailed([{ field: 'body', rule: 'json-too-deep', message: `the body may be nested ${MAX_JSON_DEPTH} levels deep` }]),
      );
    }
    void parse(request as FastifyRequest, body.toString('utf8'), (error, parsed: unknown) => {
      if (error) return done(error);
      if (typeof parsed === 'object' && parsed !== null && !Array.isArray(parsed)) return done(null, parsed);
      done(validationFailed([{ field: 'body', rule: 'object', message: 'the body must be a JSON object' }]));
    });
  });
}

/** JSON may be nested deeper than the code that reads its objects can follow. */
function isTooDeep(body: Buffer): boolean {
  try {
    checkJson(body);
    return false;
  } catch (error) {
    return error instanceof ContractViolation && error.reason === 'JSON_TOO_DEEP';
  }
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
