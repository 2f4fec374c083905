import { type DynamicModule, Logger, Module, type ModuleMetadata } from '@nestjs/common';
import { Clock, type Secret } from '#libs/kernel';
import { type LogFunction, Publisher } from '#libs/messaging';
import { HealthRegistry } from '#libs/runtime';
import { WebhookView } from '../webhooks/index.js';
import { DueDeliveries } from './due-deliveries.js';
import { DueLifecycle } from './due-lifecycle.js';
import type { PaceLimits } from './due-pace.js';
import { DueParts } from './due-parts.js';
import { RetryConsumer } from './retry.consumer.js';
import { RetryIntake } from './retry-intake.js';

export interface DueOptions {
  readonly databaseUrl: Secret;
  /** Full names. */
  readonly topics: { readonly deliveries: string; readonly outcomes: string };
  readonly pace: PaceLimits;
  /** Where the publisher and the webhooks come from. */
  readonly imports: ModuleMetadata['imports'];
}

/** From `hookstream.retries` over the due table back to `hookstream.deliveries`. */
@Module({})
export class DueModule {
  static forRoot({ imports = [], ...options }: DueOptions): DynamicModule {
    return {
      module: DueModule,
      imports,
      controllers: [RetryConsumer],
      providers: [
        {
          provide: DueParts,
          inject: [Publisher, WebhookView, Clock],
          useFactory: (publisher: Publisher, webhooks: WebhookView, clock: Clock) =>
            new DueParts({ ...options, publisher, webhooks, clock, log: loggerOf(new Logger('due')) }),
        },
        { provide: RetryIntake, inject: [DueParts], useFactory: (parts: DueParts) => parts.intake },
        { provide: DueDeliveries, inject: [DueParts], useFactory: (parts: DueParts) => parts.deliveries },
        {
          provide: DueLifecycle,
          inject: [DueParts, WebhookView, HealthRegistry],
          useFactory: (parts: DueParts, webhooks: WebhookView, health: HealthRegistry) => {
            webhooks.onChange((change) => parts.watch.changed(change));
            return new DueLifecycle(parts, health);
          },
        },
      ],
      exports: [DueDeliveries, DueLifecycle],
    };
  }
}

function loggerOf(logger: Logger): LogFunction {
  return (level, msg, { error, ...fields }) =>
    logger[level === 'info' ? 'log' : level]({ ...fields, ...(error ? { err: error } : {}), msg });
}
