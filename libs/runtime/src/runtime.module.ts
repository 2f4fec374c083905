import { type DynamicModule, Module } from '@nestjs/common';
import { LoggerModule } from 'nestjs-pino';
import { Clock, SystemClock } from '#libs/kernel';
import { HealthController } from './health.controller.js';
import { HealthRegistry } from './health-registry.js';
import { loggerParams } from './logger.js';

export interface RuntimeOptions {
  /** The service's name in logs, such as `event-router`. */
  readonly service: string;
  readonly logLevel: string;
}

/** What every service boots with: logs, health, metrics, clock. The only global module. */
@Module({})
export class RuntimeModule {
  static forRoot(options: RuntimeOptions): DynamicModule {
    return {
      module: RuntimeModule,
      global: true,
      imports: [LoggerModule.forRoot(loggerParams(options.service, options.logLevel))],
      controllers: [HealthController],
      providers: [HealthRegistry, { provide: Clock, useClass: SystemClock }],
      exports: [HealthRegistry, Clock, LoggerModule],
    };
  }
}
