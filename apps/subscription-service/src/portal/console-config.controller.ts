import { Controller, Get } from '@nestjs/common';
import { OpenRoute } from '../auth/index.js';
import { AppConfig } from '../config.js';

/** What the console has to know before anybody has signed in. Public: nothing of it may be a secret. */
@Controller('v1/console/config')
export class ConsoleConfigController {
  constructor(private readonly config: AppConfig) {}

  @Get()
  @OpenRoute()
  get() {
    const { title, breadcrumb } = this.config.console;
    return { title, breadcrumb };
  }
}
