import type { Params } from 'nestjs-pino';

// Never in a log, whatever object a caller hands over.
const REDACTED = ['authorization', 'cookie', 'password', 'secret', 'token', 'apiKey', 'credentials'];

/** Settings of the one JSON logger: a line per unit of work, no automatic request lines. */
export function loggerParams(service: string, level: string): Params {
  return {
    pinoHttp: {
      level,
      base: { service },
      autoLogging: false,
      quietReqLogger: true,
      timestamp: () => `,"time":"${new Date().toISOString()}"`,
      formatters: { level: (label) => ({ level: label }) },
      redact: { paths: REDACTED.flatMap((name) => [name, `*.${name}`, `*.*.${name}`]), censor: '[redacted]' },
      serializers: { req: () => undefined, res: () => undefined },
    },
  };
}
