import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import fastifyStatic from '@fastify/static';
import { Logger } from '@nestjs/common';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { productVersion } from '#libs/runtime';
import { consolePage, type ConsoleSettings } from './console-page.js';
import { isPageRequest } from './page-request.js';

export interface ServedConsole extends Omit<ConsoleSettings, 'version'> {
  /** Sources whose pages may show the console in a frame. */
  readonly frameAncestors: readonly string[];
}

/** Where the build puts the console, beside this service. */
const BUILT = fileURLToPath(new URL('../../../console/', import.meta.url));
const YEAR_MS = 365 * 86_400_000;
const ICON_MAX_AGE_SECONDS = 86_400;

/**
 * Serves the console at `/`: its hashed files for ever, and one page for every other address that a browser opens, since the
 * console reads addresses itself. Without a built console, as when the service runs from its sources, `/` stays empty.
 */
export async function serveConsole(app: NestFastifyApplication, served: ServedConsole, folder = BUILT): Promise<void> {
  const { frameAncestors, ...told } = served;
  if (!existsSync(`${folder}/.vite/manifest.json`)) {
    new Logger('Console').log({ msg: 'console.not-built' });
    return;
  }
  const built = readFileSync(`${folder}/index.html`, 'utf8');
  const settings = { ...told, version: productVersion() };
  const icon = readFileSync(`${folder}/favicon.svg`);
  const server = app.getHttpAdapter().getInstance();

  await app.register(fastifyStatic as never, {
    root: `${folder}/assets`,
    prefix: '/assets/',
    decorateReply: false,
    immutable: true,
    maxAge: YEAR_MS,
    preCompressed: true,
    index: false,
  });

  const page = (_: FastifyRequest, reply: FastifyReply): FastifyReply => {
    const { html, policy } = consolePage(built, settings, frameAncestors);
    // An old header that knows no origins; the policy says the same and more.
    if (frameAncestors.length > 0) void reply.removeHeader('x-frame-options');
    return reply.header('content-security-policy', policy).header('cache-control', 'no-store').type('text/html; charset=utf-8').send(html);
  };
  server.get('/', page);
  server.get('/favicon.svg', (_, reply) =>
    reply.header('cache-control', `public, max-age=${ICON_MAX_AGE_SECONDS}`).type('image/svg+xml').send(icon),
  );
  server.get('/*', (request, reply) => {
    if (isPageRequest(request.url, request.headers.accept)) return page(request, reply);
    reply.callNotFound();
    return reply;
  });
}
