import { type DynamicModule, Module } from '@nestjs/common';
import { RuntimeModule } from '#libs/runtime';
import { AppConfig } from './config.js';

@Module({})
export class ConfigModule {
  /** Settings are part of the runtime, and like it seen by every feature. */
  static forRoot(config: AppConfig): DynamicModule {
    return {
      module: ConfigModule,
      global: true,
      imports: [RuntimeModule.forRoot({ service: config.service, logLevel: config.logLevel })],
      providers: [{ provide: AppConfig, useValue: config }],
      exports: [AppConfig],
    };
  }
}
