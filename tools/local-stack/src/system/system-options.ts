import { isAbsolute, join } from 'node:path';
import { projectRoot } from '../project-root.js';
import { StackError } from '../stack-error.js';

/** What `startSystem` takes; everything left out comes from the environment, as `npm start` takes it. */
export interface StartOptions {
  /** Where data, keys and logs are kept; a relative path starts at the repository. */
  readonly dataDir?: string;
  /** `free` picks ports that nobody uses instead of the configured ones. */
  readonly ports?: 'configured' | 'free';
  /** Print nothing. */
  readonly quiet?: boolean;
  /** Print the services' logs too. */
  readonly verbose?: boolean;
  /** Default: the environment of this process. */
  readonly env?: NodeJS.ProcessEnv;
  /** Folder with the compiled services; default `dist` of the repository. */
  readonly distDir?: string;
}

/** The settings of one local system, complete and checked. A port of 0 means any free one. */
export interface SystemSettings {
  /** Folder of the data, keys and logs; a relative path starts at the repository. */
  readonly dataDir: string;
  readonly distDir: string;
  /** Port of the management API. */
  readonly httpPort: number;
  /** Port of the gRPC API. */
  readonly grpcPort: number;
  /** Port of the Kafka that it brings. */
  readonly embeddedKafkaPort: number;
  /** Port of the Postgres that it brings. */
  readonly embeddedPostgresPort: number;
  /** Port of the page of the mailbox that it brings. */
  readonly mailboxPort: number;
  /** Bootstrap servers of a Kafka that is not ours. */
  readonly kafkaBrokers?: string;
  /** URL of a Postgres that is not ours. */
  readonly databaseUrl?: string;
  /** URL of a mail server that is not ours. */
  readonly smtpUrl?: string;
  /** Master keys, as the services take them; made once into the data folder when not given. */
  readonly masterKeys?: string;
  /** The admin API key; made once into the data folder when not given. */
  readonly adminKey?: string;
  readonly quiet: boolean;
  /** Level of the services' logs; `debug` and `trace` print them on the terminal too. */
  readonly verbose: boolean;
  /** Handed on to the services. */
  readonly env: NodeJS.ProcessEnv;
}

/**
 * Reads the variables of `npm start`. One set to the empty text counts as not set.
 * @throws StackError naming every fault at once
 */
export function systemSettings(options: StartOptions): SystemSettings {
  const env = options.env ?? process.env;
  const faults: string[] = [];
  const text = (name: string): string | undefined => env[name]?.trim() || undefined;
  const port = (name: string, standard: number): number => {
    if (options.ports === 'free') return 0;
    const value = text(name);
    if (value === undefined) return standard;
    const number = Number(value);
    if (!/^\d+$/.test(value) || number < 1 || number > 65_535) faults.push(`${name}: must be a port, a whole number from 1 to 65535`);
    return number;
  };
  const ports = {
    httpPort: port('HTTP_PORT', 3000),
    grpcPort: port('GRPC_PORT', 50051),
    embeddedKafkaPort: port('EMBEDDED_KAFKA_PORT', 9092),
    embeddedPostgresPort: port('EMBEDDED_POSTGRES_PORT', 5433),
    mailboxPort: port('MAILBOX_PORT', 8025),
  };
  faults.push(...samePorts(ports));
  const databaseUrl = text('DATABASE_URL');
  if (databaseUrl !== undefined && !/^postgres(ql)?:\/\//.test(databaseUrl)) faults.push('DATABASE_URL: must begin with postgres://');
  if (faults.length > 0) throw new StackError(`invalid configuration:\n${faults.map((fault) => `  ${fault}`).join('\n')}`);
  return {
    ...ports,
    dataDir: dataFolder(options.dataDir ?? text('HOOKSTREAM_DATA_DIR')),
    distDir: options.distDir ?? join(projectRoot(), 'dist'),
    kafkaBrokers: text('KAFKA_BROKERS'),
    databaseUrl,
    smtpUrl: text('SMTP_URL'),
    masterKeys: text('HOOKSTREAM_MASTER_KEYS'),
    adminKey: text('HOOKSTREAM_ADMIN_KEY'),
    quiet: options.quiet ?? false,
    verbose: options.verbose ?? ['debug', 'trace'].includes(text('LOG_LEVEL') ?? ''),
    env,
  };
}

/** The data directory as an absolute path; default `.hookstream` of the repository. */
export function dataFolder(path = '.hookstream'): string {
  return isAbsolute(path) ? path : join(projectRoot(), path);
}

type Ports = Pick<SystemSettings, 'httpPort' | 'grpcPort' | 'embeddedKafkaPort' | 'embeddedPostgresPort' | 'mailboxPort'>;

function samePorts(ports: Ports): string[] {
  const named = {
    HTTP_PORT: ports.httpPort,
    GRPC_PORT: ports.grpcPort,
    EMBEDDED_KAFKA_PORT: ports.embeddedKafkaPort,
    EMBEDDED_POSTGRES_PORT: ports.embeddedPostgresPort,
    MAILBOX_PORT: ports.mailboxPort,
  };
  const variables = Object.entries(named);
  return variables.flatMap(([name, port], i) =>
    variables.slice(i + 1).flatMap(([other, otherPort]) => (port !== 0 && port === otherPort ? [`${name} and ${other}: must differ`] : [])),
  );
}
