import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { ProblemFilter, validationPipe } from '#libs/runtime';
import { refuseOtherBodies, useJsonBodies } from './raw-body.js';

/** What every HTTP route passes through. Apart from boot, so that tests open the same door. */
export function httpDoor(app: NestFastifyApplication): void {
  useJsonBodies(app);
  refuseOtherBodies(app);
  app.useGlobalPipes(validationPipe());
  app.useGlobalFilters(new ProblemFilter());
}
