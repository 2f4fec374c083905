import { runService } from '#libs/runtime';
import { AppModule } from './app.module.js';
import { env } from './config.js';
import { startRouting } from './start-routing.js';

await runService({
  service: 'event-router',
  module: () => AppModule.forRoot(env()),
  port: () => env().HEALTH_PORT,
  host: () => env().LISTEN_HOST,
  started: (app) => startRouting(app, env()),
});
