import { runService } from '#libs/runtime';
import { AppModule } from './app.module.js';
import { type AppConfig, loadAppConfig } from './config.js';
import { openGrpcDoor } from './grpc-door/index.js';
import { httpDoor } from './http-door.js';

let loaded: AppConfig | undefined;
const config = (): AppConfig => (loaded ??= loadAppConfig());

await runService({
  service: 'subscription-service',
  module: () => AppModule.forRoot(config()),
  port: () => config().http.port,
  host: () => config().http.host,
  trustedProxies: () => config().trustedProxies,
  configure: httpDoor,
  started: async (app) => ({ grpcPort: await openGrpcDoor(app) }),
});
