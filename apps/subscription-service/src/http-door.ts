import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { ProblemFilter, validationPipe } from '#libs/runtime';
import { serveApiReference } from './api-docs/index.js';
import { AppConfig } from './config.js';
import { serveConsole } from './console/index.js';
import { QueryInterceptor, useBrowserRules } from './http/index.js';
import { serveUnsubscribePage } from './notifications/index.js';
import { refuseOtherBodies, useBodyLimits, useJsonBodies } from './raw-body.js';

/** What every HTTP route passes through. Apart from boot, so that tests open the same door. */
export async function httpDoor(app: NestFastifyApplication): Promise<void> {
  await useBrowserRules(app, app.get(AppConfig).browser);
  useBodyLimits(app);
  useJsonBodies(app);
  refuseOtherBodies(app);
  app.useGlobalPipes(validationPipe());
  app.useGlobalInterceptors(new QueryInterceptor());
  app.useGlobalFilters(new ProblemFilter());
  await serveApiReference(app);
  await serveUnsubscribePage(app);
  await serveConsole(app, app.get(AppConfig).console);
}
