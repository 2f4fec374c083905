import { randomBytes } from 'node:crypto';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import scalar from '@scalar/fastify-api-reference';
import type { FastifyReply, FastifyRequest } from 'fastify';

/**
 * Serves the reference at `/docs`: a page that shows `/openapi.json` and lets its reader try requests. It comes whole from
 * this service and may talk to nothing else, which the policy in its header makes sure of.
 */
export async function serveApiReference(app: NestFastifyApplication): Promise<void> {
  const nonce = randomBytes(16).toString('base64');
  const policy = [
    "default-src 'none'",
    `script-src 'self' 'nonce-${nonce}'`,
    "style-src 'self' 'unsafe-inline'",
    "connect-src 'self'",
    "img-src 'self' data:",
    "font-src 'self' data:",
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'none'",
  ].join('; ');
  const onRequest = (_: FastifyRequest, reply: FastifyReply, done: () => void): void => {
    void reply.header('content-security-policy', policy);
    done();
  };
  await app.register(scalar, {
    routePrefix: '/docs',
    hooks: { onRequest },
    configuration: {
      url: '/openapi.json',
      pageTitle: 'Hookstream API',
      nonce,
      telemetry: false,
      withDefaultFonts: false,
      hideClientButton: true,
      showDeveloperTools: 'never',
      agent: { disabled: true },
      mcp: { disabled: true },
    },
  } as never);
}
