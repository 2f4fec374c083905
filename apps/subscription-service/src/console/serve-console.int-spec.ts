import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Controller, Get, Module } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { FastifyAdapter, type NestFastifyApplication } from '@nestjs/platform-fastify';
import { ProblemFilter } from '#libs/runtime';
import { useBrowserRules } from '../http/index.js';
import { serveConsole } from './serve-console.js';

const BROWSER = { accept: 'text/html,*/*;q=0.8' };

@Controller()
class ApiController {
  @Get('v1/webhooks')
  list() {
    return { data: [] };
  }

  @Get('healthz')
  health() {
    return { status: 'ok' };
  }
}

@Module({ controllers: [ApiController] })
class ApiModule {}

describe('the console at /', () => {
  let folder: string;
  let app: NestFastifyApplication;

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'console-'));
    await Promise.all(['assets', '.vite'].map((name) => mkdir(join(folder, name))));
    const files = {
      '.vite/manifest.json': '{}',
      'index.html': '<script nonce="CSP_NONCE" src="/assets/index-1.js"></script>%CONSOLE_SETTINGS%',
      'favicon.svg': '<svg/>',
      'assets/index-1.js': 'console()',
      'assets/index-1.js.gz': gzipSync('console()'),
    };
    await Promise.all(Object.entries(files).map(([name, content]) => writeFile(join(folder, name), content)));
    app = await started(['https://app.example.com']);
  });
  afterAll(async () => {
    await app.close();
    await rm(folder, { recursive: true });
  });

  async function started(frameAncestors: readonly string[]): Promise<NestFastifyApplication> {
    const created = await NestFactory.create<NestFastifyApplication>(ApiModule, new FastifyAdapter(), { logger: false });
    await useBrowserRules(created, { corsOrigins: [] });
    created.useGlobalFilters(new ProblemFilter());
    await serveConsole(created, { title: 'Hooks', breadcrumb: [], retrySchedule: ['9m'], frameAncestors }, folder);
    return created.init();
  }
  const get = (url: string, headers: Record<string, string> = BROWSER) => app.inject({ url, headers });

  it.each(['/', '/webhooks', '/webhooks/wh_1/history?code=5xx'])(
    'answers %s with its page, never stored and with a strict policy',
    async (url) => {
      const answer = await get(url);
      expect([answer.statusCode, answer.headers['content-type'], answer.headers['cache-control']]).toEqual([
        200,
        'text/html; charset=utf-8',
        'no-store',
      ]);
      const [, nonce] = /script-src 'self' 'nonce-([^']+)'/.exec(String(answer.headers['content-security-policy']))!;
      expect(answer.body).toContain(`nonce="${nonce}"`);
      expect(answer.headers['x-content-type-options']).toBe('nosniff');
    },
  );

  it('tells its page what this deployment does', async () => {
    expect((await get('/')).body).toMatch(
      /&quot;title&quot;:&quot;Hooks&quot;.*&quot;retrySchedule&quot;:\[&quot;9m&quot;\].*&quot;version&quot;:&quot;\d/,
    );
  });

  it('may be framed by the configured origins alone, and by nobody without any', async () => {
    const framed = await get('/');
    expect(framed.headers['content-security-policy']).toContain('frame-ancestors https://app.example.com');
    expect(framed.headers['x-frame-options']).toBeUndefined();
    const other = await started([]);
    const unframed = await other.inject({ url: '/', headers: BROWSER });
    expect(unframed.headers['content-security-policy']).toContain("frame-ancestors 'none'");
    expect(unframed.headers['x-frame-options']).toBe('DENY');
    await other.close();
  });

  it('never stands before the API: what it has answers as before, what it lacks is a problem', async () => {
    expect((await get('/v1/webhooks')).json()).toEqual({ data: [] });
    expect((await get('/healthz')).json()).toEqual({ status: 'ok' });
    for (const url of ['/v1/nothing', '/docs/nothing', '/assets/gone.js']) {
      const answer = await get(url);
      expect([url, answer.statusCode, String(answer.headers['content-type']).split(';')[0]]).toEqual([
        url,
        404,
        'application/problem+json',
      ]);
    }
    expect((await get('/webhooks', { accept: 'application/json' })).statusCode).toBe(404);
    expect((await app.inject({ method: 'POST', url: '/webhooks', headers: BROWSER })).statusCode).toBe(404);
  });

  it('lets hashed files be kept for ever, and sends them compressed', async () => {
    const file = await get('/assets/index-1.js', { 'accept-encoding': 'gzip' });
    expect([file.statusCode, file.headers['content-encoding']]).toEqual([200, 'gzip']);
    expect(file.headers['cache-control']).toBe('public, max-age=31536000, immutable');
  });

  it('lets nobody out of its folder', async () => {
    for (const url of ['/assets/../index.html', '/assets/%2e%2e/index.html', '/assets/..%2f..%2fetc/passwd']) {
      expect([url, (await get(url, {})).statusCode]).toEqual([url, 404]);
    }
  });
});
