import { join } from 'node:path';

export interface ServiceSpec {
  readonly name: string;
  /** Entry file below the folder of compiled code. */
  readonly entry: string;
  /** Variables of this service alone. */
  readonly env: NodeJS.ProcessEnv;
  /** How far it stands back where all want the processors, 1 to 19. */
  readonly niceness?: number;
}

/** Ports of the two doors of the management API. */
export interface ApiPorts {
  readonly http: number;
  readonly grpc: number;
}

/** The history may lag for a while so that deliveries need not: its share is about a tenth of another's, and all of what they leave. */
const PROJECTOR_NICENESS = 10;

/** The services in the order in which they stop: first what takes in work, then what still finishes it. */
export function serviceSpecs(distDir: string, { http, grpc }: ApiPorts): ServiceSpec[][] {
  const entry = (app: string, folder = '.'): string => join(distDir, 'apps', app, 'src', folder, 'main.js');
  return [
    [
      { name: 'subscription-service', entry: entry('subscription-service'), env: { HTTP_PORT: String(http), GRPC_PORT: String(grpc) } },
      { name: 'event-router', entry: entry('event-router'), env: { HEALTH_PORT: '0' } },
      // What it has not read yet, it reads after the next start.
      { name: 'projector', entry: entry('subscription-service', 'projector'), env: { HEALTH_PORT: '0' }, niceness: PROJECTOR_NICENESS },
    ],
    [{ name: 'delivery-service', entry: entry('delivery-service'), env: { HEALTH_PORT: '0' } }],
  ];
}

/** What every service gets beside the environment of this process. */
export function commonEnv(settings: {
  brokers: string;
  databaseUrl: string;
  masterKeys: string;
  adminKey: string;
  smtpUrl: string;
  publicUrl: string;
  given: NodeJS.ProcessEnv;
}): NodeJS.ProcessEnv {
  const { brokers, databaseUrl, masterKeys, adminKey, smtpUrl, publicUrl, given } = settings;
  return {
    ...given,
    KAFKA_BROKERS: brokers,
    DATABASE_URL: databaseUrl,
    HOOKSTREAM_MASTER_KEYS: masterKeys,
    HOOKSTREAM_ADMIN_KEY: adminKey,
    SMTP_URL: smtpUrl,
    PUBLIC_URL: given.PUBLIC_URL?.trim() || publicUrl,
    EGRESS_ALLOWED_CIDRS: given.EGRESS_ALLOWED_CIDRS?.trim() || '127.0.0.0/8,::1/128',
    LOG_LEVEL: given.LOG_LEVEL?.trim() || 'info',
  };
}
