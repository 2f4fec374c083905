import { IsOptional, IsString, Matches } from 'class-validator';
import type { Secret } from '#libs/kernel';
import { Hidden, Int, KafkaEnv, loadConfig, Parsed, Port, PostgresUrl, SmtpUrl } from '#libs/runtime';
import { parseMasterKeys } from '#libs/secrets';

export const PROJECTOR = 'projector';

/** What the commands on the history need too. */
export class HistoryEnv extends KafkaEnv {
  /** Postgres, `postgres://user:password@host:port/database`; the service keeps to its own schema. */
  @Hidden()
  @PostgresUrl()
  readonly DATABASE_URL!: Secret;

  /** For how many days deliveries, attempts, payloads and statistics are kept. */
  @Int(1, 3650)
  readonly HISTORY_RETENTION_DAYS: number = 30;
}

/** The environment of the projector. */
export class ProjectorEnv extends HistoryEnv {
  /** Port of `/healthz`, `/readyz` and `/metrics`. */
  @Port()
  readonly HEALTH_PORT: number = 3003;

  /** Folder of the deployment's own catalog files. */
  @IsOptional()
  @IsString()
  readonly CATALOG_DIR?: string;

  /** The mail server for notifications, `smtp://user:password@host:port` or `smtps://…`; none: no mails. */
  @IsOptional()
  @Hidden()
  @SmtpUrl()
  readonly SMTP_URL?: Secret;

  /** Sender of the mails. */
  @IsString()
  @Matches(/^[^\r\n]{3,200}$/, { message: 'must be a mail address, with or without a name' })
  readonly MAIL_FROM: string = 'Hookstream <hookstream@localhost>';

  /** Minutes for which failures of a webhook after the first are gathered into one mail, for accounts that do not say; 0: a mail for each. */
  @Int(0, 1_440)
  readonly NOTIFICATION_DIGEST_MINUTES: number = 15;

  /** Where people reach the console and the API; links in mails begin with it. */
  @Matches(/^https?:\/\/[^\s?#]+$/, { message: 'must be an http:// or https:// URL without query' })
  readonly PUBLIC_URL: string = 'http://127.0.0.1:3000';

  /** The same list as the subscription-service's: seals the links with which mails are switched off. */
  @Parsed(parseMasterKeys)
  readonly HOOKSTREAM_MASTER_KEYS!: string;
}

/** @throws ConfigError naming every fault at once */
export const loadProjectorEnv = (env?: NodeJS.ProcessEnv): Readonly<ProjectorEnv> => loadConfig(ProjectorEnv, env);

/** @throws ConfigError naming every fault at once */
export const loadHistoryEnv = (env?: NodeJS.ProcessEnv): Readonly<HistoryEnv> => loadConfig(HistoryEnv, env);
