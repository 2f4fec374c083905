import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { createDatabase, kafkaBrokers, type TestDatabase, uniqueName } from '#libs/testing';
import { startSubscriptionService } from '../subscription-app.int-fixture.js';

describe('the reference at /docs', () => {
  let database: TestDatabase;
  let app: NestFastifyApplication;
  beforeAll(async () => {
    database = await createDatabase();
    app = await startSubscriptionService({ databaseUrl: database.url, brokers: kafkaBrokers().join(), topicPrefix: uniqueName('docs') });
  });
  afterAll(async () => {
    await app.close();
    await database.drop();
  });

  it('needs no key, comes whole from this service and may talk to nothing else', async () => {
    expect((await app.inject('/docs')).headers['location']).toBe('/docs/');
    const page = await app.inject('/docs/');
    expect(page.statusCode).toBe(200);
    const policy = String(page.headers['content-security-policy']);
    expect(policy).toMatch(/^default-src 'none'; script-src 'self' 'nonce-[^']+'; /);
    expect(policy).not.toContain('http');
    const scripts = [...page.body.matchAll(/<script[^>]*>/g)].map(([tag]) => tag);
    expect(scripts.length).toBeGreaterThan(0);
    for (const tag of scripts) expect(tag).toMatch(/nonce="/);
    expect(page.body).not.toMatch(/(src|href)="(https?:)?\/\//);
    const script = await app.inject('/docs/js/scalar.js');
    expect([script.statusCode, script.body.length > 1_000_000]).toEqual([200, true]);
  });

  it('shows the document, which the catalog of the moment is part of', async () => {
    const document = (await app.inject('/openapi.json')).json<{ openapi: string; webhooks: object }>();
    expect(document.openapi).toMatch(/^3\.1\./);
    expect(document.webhooks).toHaveProperty('order_created');
  });
});
