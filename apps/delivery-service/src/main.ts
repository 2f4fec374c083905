import { runService } from '#libs/runtime';
import { AppModule, SERVICE } from './app.module.js';
import { type DeliveryServiceEnv, loadEnv } from './config.js';
import { connectConsumers, startConsumers } from './delivery-consumers.js';

let loaded: Readonly<DeliveryServiceEnv> | undefined;
const env = (): Readonly<DeliveryServiceEnv> => (loaded ??= loadEnv());

await runService({
  service: SERVICE,
  module: () => AppModule.forRoot(env()),
  port: () => env().HEALTH_PORT,
  host: () => env().LISTEN_HOST,
  configure: (app) => connectConsumers(app, env()),
  started: (app) => startConsumers(app, env()),
});
