import 'reflect-metadata';
import { Logger } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { Logger as PinoLogger } from 'nestjs-pino';
import { collectDefaultMetrics } from 'prom-client';
import { ConfigError } from './config.js';
import { HealthRegistry } from './health-registry.js';
import { httpAdapter } from './http-adapter.js';

/** Exit code of a process whose configuration is wrong: starting it again cannot help (EX_CONFIG of sysexits.h). */
export const EXIT_CONFIG = 78;

/** How long a stop may take before the process ends anyway, in milliseconds. */
const STOP_DEADLINE_MS = 28_000;

export interface ServiceOptions {
  readonly service: string;
  /** Called once, so that a fault of the configuration is reported like any other fault of the start. */
  readonly module: () => object;
  readonly port: () => number;
  /** Address to listen on; loopback when absent. */
  readonly host?: () => string;
  /** Largest body in bytes that the HTTP door accepts. */
  readonly bodyLimit?: number;
  /** Addresses and ranges of the proxies that are believed what they say of a caller's address; none when absent. */
  readonly trustedProxies?: () => readonly string[];
  /** Runs before the port is opened: routes, filters, microservices. */
  readonly configure?: (app: NestFastifyApplication) => void | Promise<void>;
  /** Runs once the port is open and before the service says it is ready; what it returns, further ports as a rule, is said with that. */
  readonly started?: (app: NestFastifyApplication) => void | Facts | Promise<void | Facts>;
}

/** What a service says of itself when it is ready, by name. */
type Facts = Readonly<Record<string, number | string>>;

/**
 * Boots a service, tells a parent process when it is ready, and stops it cleanly on SIGTERM, SIGINT or when the parent is gone.
 * A fault during the start ends the process: code 78 for configuration, 1 for the rest.
 */
export async function runService(options: ServiceOptions): Promise<void> {
  try {
    await boot(options);
  } catch (error) {
    const config = error instanceof ConfigError;
    const fault = config ? error.message : error instanceof Error ? (error.stack ?? error.message) : String(error);
    process.stderr.write(`${JSON.stringify({ level: 'fatal', service: options.service, msg: 'service.start-failed', fault })}\n`);
    process.exit(config ? EXIT_CONFIG : 1);
  }
}

async function boot(options: ServiceOptions): Promise<void> {
  const port = options.port();
  const adapter = httpAdapter({ bodyLimit: options.bodyLimit, trustedProxies: options.trustedProxies?.() });
  const app = await NestFactory.create<NestFastifyApplication>(options.module() as never, adapter, {
    bufferLogs: true,
    abortOnError: false,
  });
  app.useLogger(app.get(PinoLogger));
  app.flushLogs();
  const logger = new Logger('Service');
  stopOnSignals(app, logger);
  collectDefaultMetrics();
  await options.configure?.(app);
  await app.listen(port, options.host?.() ?? '127.0.0.1');
  const facts = (await options.started?.(app)) ?? {};
  app.get(HealthRegistry).opened();
  const address = app.getHttpServer().address() as { port: number };
  logger.log({ port: address.port, ...facts }, 'service.ready');
  process.send?.({ ...facts, kind: 'ready', service: options.service, port: address.port });
}

function stopOnSignals(app: NestFastifyApplication, logger: Logger): void {
  let stopping = false;
  const stop = (reason: string): void => {
    if (stopping) return;
    stopping = true;
    logger.log({ reason }, 'service.stopping');
    app.get(HealthRegistry).closing();
    setTimeout(() => process.exit(1), STOP_DEADLINE_MS).unref();
    app.close().then(
      () => {
        logger.log({}, 'service.stopped');
        process.exit(0);
      },
      (error: unknown) => {
        logger.error({ err: error }, 'service.stop-failed');
        process.exit(1);
      },
    );
  };
  process.on('SIGTERM', () => stop('SIGTERM'));
  process.on('SIGINT', () => stop('SIGINT'));
  // The launcher of a local system is gone: without it nobody would stop this process.
  if (process.send) process.on('disconnect', () => stop('parent gone'));
  process.on('unhandledRejection', (error) => logger.error({ err: error }, 'process.unhandled-rejection'));
}
