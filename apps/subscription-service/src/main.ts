import { runService } from '#libs/runtime';
import { AppModule } from './app.module.js';
import { type AppConfig, loadAppConfig } from './config.js';
import { httpDoor } from './http-door.js';

let loaded: AppConfig | undefined;
const config = (): AppConfig => (loaded ??= loadAppConfig());

await runService({
  service: 'subscription-service',
  module: () => AppModule.forRoot(config()),
  port: () => config().http.port,
  host: () => config().http.host,
  configure: httpDoor,
});
