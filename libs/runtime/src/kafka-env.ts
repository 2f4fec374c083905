import { IsIn, IsIP, IsOptional, IsString, Matches } from 'class-validator';
import { Secret } from '#libs/kernel';
import { Bool, CommaList, Int } from './env-rules.js';

const SASL_MECHANISMS = ['plain', 'scram-sha-256', 'scram-sha-512'] as const;

/** The variables of every service; app env classes extend it. */
export class KafkaEnv {
  /** Address on which the service listens; `0.0.0.0` in a container. */
  @IsIP(undefined, { message: 'must be an IP address' })
  readonly LISTEN_HOST: string = '127.0.0.1';

  /** Bootstrap servers, `host:port`, comma-separated. */
  @CommaList()
  readonly KAFKA_BROKERS!: string[];

  /** Whether the brokers are reached over TLS. */
  @Bool()
  readonly KAFKA_SSL: boolean = false;

  /** How the service authenticates to the brokers; not at all when not set. Needs user name and password. */
  @IsOptional()
  @IsIn(SASL_MECHANISMS, { message: `must be one of ${SASL_MECHANISMS.join(', ')}` })
  readonly KAFKA_SASL_MECHANISM?: (typeof SASL_MECHANISMS)[number];

  /** User name for that. */
  @IsOptional()
  @IsString()
  readonly KAFKA_SASL_USERNAME?: string;

  /** Password for that. */
  @IsOptional()
  @IsString()
  readonly KAFKA_SASL_PASSWORD?: string;

  /** Replaces the leading `hookstream` of Hookstream's own topics and consumer groups. */
  @Matches(/^[A-Za-z0-9._-]{1,64}$/, { message: 'must be 1-64 letters, digits, dots, dashes or underscores' })
  readonly TOPIC_PREFIX: string = 'hookstream';

  /** Partitions of topics that are created; existing topics keep theirs. */
  @Int(1, 1024)
  readonly TOPIC_PARTITIONS: number = 4;

  /** Copies of topics that are created; 3 in production. */
  @Int(1, 7)
  readonly TOPIC_REPLICATION: number = 1;

  /** The least urgent level that is logged. */
  @IsIn(['fatal', 'error', 'warn', 'info', 'debug', 'trace'], { message: 'must be fatal, error, warn, info, debug or trace' })
  readonly LOG_LEVEL: string = 'info';
}

/** Connection settings in the shape that `#libs/messaging` takes. */
export function kafkaSettings(env: KafkaEnv, clientId: string) {
  const { KAFKA_SASL_MECHANISM: mechanism, KAFKA_SASL_USERNAME: username, KAFKA_SASL_PASSWORD: password } = env;
  return {
    brokers: env.KAFKA_BROKERS,
    clientId,
    ssl: env.KAFKA_SSL,
    ...(mechanism && username && password ? { sasl: { mechanism, username, password: new Secret(password) } } : {}),
  };
}
