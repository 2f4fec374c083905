import cors from '@fastify/cors';
import helmet from '@fastify/helmet';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';

const A_DAY_SECONDS = 86_400;

/** Headers of answers that a page of another origin may read. */
const EXPOSED = ['etag', 'idempotent-replayed', 'location', 'ratelimit', 'ratelimit-policy', 'retry-after', 'x-request-id'];

/**
 * What browsers are told with every answer: to run, frame and keep nothing of it, since answers are data and some tell a
 * secret once; and which origins' pages may read it. Those send the key themselves, so no cookies are involved.
 */
export async function useBrowserRules(app: NestFastifyApplication, { corsOrigins }: { corsOrigins: readonly string[] }): Promise<void> {
  await app.register(helmet as never, {
    contentSecurityPolicy: { useDefaults: false, directives: { defaultSrc: ["'none'"], frameAncestors: ["'none'"] } },
    referrerPolicy: { policy: 'no-referrer' },
    // Of this host only: what else lives under its domain is not ours to decide on.
    strictTransportSecurity: { maxAge: 365 * A_DAY_SECONDS, includeSubDomains: false },
    xFrameOptions: { action: 'deny' },
  });
  app
    .getHttpAdapter()
    .getInstance()
    .addHook('onRequest', (request, reply, done) => {
      if (request.url.startsWith('/v1/')) void reply.header('cache-control', 'no-store');
      done();
    });
  if (corsOrigins.length === 0) return;
  await app.register(cors, {
    origin: [...corsOrigins],
    methods: ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE'],
    exposedHeaders: EXPOSED,
    maxAge: A_DAY_SECONDS,
  });
}
