import { randomBytes } from 'node:crypto';
import { NestFactory } from '@nestjs/core';
import { FastifyAdapter, type NestFastifyApplication } from '@nestjs/platform-fastify';
import { HealthRegistry } from '#libs/runtime';
import { AppModule } from './app.module.js';
import { loadAppConfig } from './config.js';
import { httpDoor } from './http-door.js';

export const ADMIN_KEY = 'test-admin-key-0123456789';

export interface TestAppOptions {
  readonly databaseUrl: string;
  readonly brokers: string;
  readonly topicPrefix: string;
  /** One text for several instances that must open each other's secrets. */
  readonly masterKeys?: string;
  readonly env?: NodeJS.ProcessEnv;
}

/** The whole service as `main.ts` boots it, on a free port, for specs. */
export async function startSubscriptionService(options: TestAppOptions): Promise<NestFastifyApplication> {
  const config = loadAppConfig({
    KAFKA_BROKERS: options.brokers,
    DATABASE_URL: options.databaseUrl,
    HOOKSTREAM_MASTER_KEYS: options.masterKeys ?? `k1:${randomBytes(32).toString('base64')}`,
    HOOKSTREAM_ADMIN_KEY: ADMIN_KEY,
    TOPIC_PREFIX: options.topicPrefix,
    TOPIC_PARTITIONS: '2',
    EGRESS_ALLOWED_CIDRS: '127.0.0.0/8,::1/128',
    LOG_LEVEL: 'fatal',
    ...options.env,
  });
  const adapter = new FastifyAdapter({ forceCloseConnections: true });
  const app = await NestFactory.create<NestFastifyApplication>(AppModule.forRoot(config), adapter, { logger: false, abortOnError: false });
  httpDoor(app);
  await app.listen(0, '127.0.0.1');
  app.get(HealthRegistry).opened();
  return app;
}
