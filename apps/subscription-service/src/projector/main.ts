import { runService } from '#libs/runtime';
import { parseMasterKeys } from '#libs/secrets';
import { NotificationsModule } from '../notifications/index.js';
import { loadProjectorEnv, PROJECTOR, type ProjectorEnv } from './config.js';
import { ProjectorModule } from './projector.module.js';

let loaded: Readonly<ProjectorEnv> | undefined;
const env = (): Readonly<ProjectorEnv> => (loaded ??= loadProjectorEnv());

/** Who listens to what is stored; nobody where there is no mail server. */
function listeners(given: Readonly<ProjectorEnv>) {
  if (!given.SMTP_URL) return undefined;
  const module = NotificationsModule.forRoot({
    databaseUrl: given.DATABASE_URL,
    smtpUrl: given.SMTP_URL,
    mailFrom: given.MAIL_FROM,
    publicUrl: given.PUBLIC_URL,
    masterKeys: parseMasterKeys(given.HOOKSTREAM_MASTER_KEYS),
    digestMinutes: given.NOTIFICATION_DIGEST_MINUTES,
  });
  return { module };
}

await runService({
  service: PROJECTOR,
  module: () => ProjectorModule.forRoot(env(), listeners(env())),
  port: () => env().HEALTH_PORT,
  host: () => env().LISTEN_HOST,
});
