import type { Params } from 'nestjs-pino';
import { loggedError } from './logged-error.js';
import { requestIdsOf } from './request-ids.js';

// Never in a log, whatever object a caller hands over.
const REDACTED = ['authorization', 'cookie', 'password', 'secret', 'token', 'apiKey', 'credentials'];

// What the framework says of its own start, some forty lines of it.
const FRAMEWORK_CONTEXTS = new Set([
  'NestFactory',
  'InstanceLoader',
  'RoutesResolver',
  'RouterExplorer',
  'NestApplication',
  'NestMicroservice',
]);
const INFO = 30;

/** Settings of the one JSON logger: a line per unit of work, no automatic request lines. */
export function loggerParams(service: string, level: string): Params {
  return {
    pinoHttp: {
      level,
      base: { service },
      autoLogging: false,
      customProps: (request) => ({ ...requestIdsOf(request) }),
      timestamp: () => `,"time":"${new Date().toISOString()}"`,
      formatters: { level: (label) => ({ level: label }) },
      redact: { paths: REDACTED.flatMap((name) => [name, `*.${name}`, `*.*.${name}`]), censor: '[redacted]' },
      hooks: {
        logMethod(args, method, level) {
          const { context } = (args[0] ?? {}) as { context?: string };
          if (level === INFO && context !== undefined && FRAMEWORK_CONTEXTS.has(context)) return;
          method.apply(this, args);
        },
      },
      serializers: { req: () => undefined, res: () => undefined, err: loggedError },
    },
  };
}
