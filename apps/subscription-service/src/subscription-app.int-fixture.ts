import { randomBytes } from 'node:crypto';
import { NestFactory } from '@nestjs/core';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { HealthRegistry, httpAdapter } from '#libs/runtime';
import { AppModule } from './app.module.js';
import { loadAppConfig } from './config.js';
import { openGrpcDoor } from './grpc-door/index.js';
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

const grpcPorts = new WeakMap<NestFastifyApplication, number>();

/** Where the gRPC door of a started service listens, `host:port`. */
export function grpcAddressOf(app: NestFastifyApplication): string {
  return `127.0.0.1:${grpcPorts.get(app)}`;
}

const routes = new WeakMap<NestFastifyApplication, string[]>();

/** Every route of a started service as `METHOD /path/:param`, HEAD and the files of the reference page apart. */
export function routesOf(app: NestFastifyApplication): readonly string[] {
  return routes.get(app)!;
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
    GRPC_PORT: '0',
    API_RATE_LIMIT_PER_SECOND: '0',
    API_EVENTS_RATE_LIMIT_PER_SECOND: '0',
    API_STREAM_LIFETIME_MS: '100',
    LOG_LEVEL: 'fatal',
    ...options.env,
  });
  const adapter = httpAdapter({ trustedProxies: config.trustedProxies });
  const registered: string[] = [];
  adapter.getInstance().addHook('onRoute', ({ method, url }: { method: string | string[]; url: string }) => {
    for (const verb of [method].flat()) if (verb !== 'HEAD' && !url.startsWith('/docs')) registered.push(`${verb} ${url}`);
  });
  const app = await NestFactory.create<NestFastifyApplication>(AppModule.forRoot(config), adapter, { logger: false, abortOnError: false });
  routes.set(app, registered);
  await httpDoor(app);
  await app.listen(0, '127.0.0.1');
  grpcPorts.set(app, await openGrpcDoor(app));
  app.get(HealthRegistry).opened();
  return app;
}
