import { ArrayMaxSize, IsOptional, IsString, Matches, MinLength } from 'class-validator';
import { isOwnTopic } from '#libs/contracts';
import { type EgressPolicy, parseEgressPolicy } from '#libs/egress';
import { Secret } from '#libs/kernel';
import {
  Bool,
  ConfigError,
  Int,
  KafkaEnv,
  kafkaSettings,
  loadConfig,
  OptionalCommaList,
  Parsed,
  Port,
  PostgresUrl,
  retryDelays,
  RetrySchedule,
} from '#libs/runtime';
import { type MasterKeys, parseMasterKeys } from '#libs/secrets';

/** How often something may happen: `perSecond` in the long run, `burst` at once. */
interface Quota {
  /** 0: without limit. */
  readonly perSecond: number;
  readonly burst: number;
}

interface QuotaSettings {
  readonly api: Quota;
  readonly events: Quota;
}

const SERVICE = 'subscription-service';
// Host names and ports alone: what follows goes into a header, where a space, a `;` or a `'` would say something else.
const FRAME_ANCESTOR = /^https?:\/\/(\*\.)?[A-Za-z0-9]([A-Za-z0-9-]*[A-Za-z0-9])?(\.[A-Za-z0-9]([A-Za-z0-9-]*[A-Za-z0-9])?)*(:\d{1,5})?$/;
const ROLE = /^[A-Z][A-Z0-9_]{0,63}$/;

/** The variables of this service (contract, §2). */
export class SubscriptionEnv extends KafkaEnv {
  /** Postgres, `postgres://user:password@host:port/database`; the service keeps to its own schema. */
  @PostgresUrl()
  readonly DATABASE_URL!: string;

  /** Port of the management API, and of `/healthz`, `/readyz` and `/metrics`. */
  @Port()
  readonly HTTP_PORT: number = 3000;

  /** Port of the gRPC API. */
  @Port()
  readonly GRPC_PORT: number = 50051;

  /** `keyId:base64(32 bytes)` list that seals the secrets of webhooks: the first encrypts, all decrypt. */
  @Parsed(parseMasterKeys)
  readonly HOOKSTREAM_MASTER_KEYS!: string;

  /** The admin API key, with which everything begins. */
  @IsString({ message: 'must be set' })
  @MinLength(16, { message: 'must have at least 16 characters' })
  readonly HOOKSTREAM_ADMIN_KEY!: string;

  /** Private ranges that webhooks may reach, in CIDR notation, comma-separated; metadata addresses are never reachable. */
  @Parsed((text) => parseEgressPolicy(text, false))
  readonly EGRESS_ALLOWED_CIDRS: string = '';

  /** Refuse `http:` URLs. */
  @Bool()
  readonly EGRESS_HTTPS_ONLY: boolean = false;

  /** Folder of the deployment's own catalog files. */
  @IsOptional()
  @IsString()
  readonly CATALOG_DIR?: string;

  /** Topics to route besides those of the catalog's modules, comma-separated. */
  @OptionalCommaList()
  @Matches(/^[A-Za-z0-9._-]{1,249}$/, { each: true, message: 'must be names of topics' })
  readonly DOMAIN_TOPICS: string[] = [];

  /** Role that an account needs for every call about webhooks, such as `ENTERPRISE`; none when not set. An account may have a rule of its own. */
  @IsOptional()
  @Matches(ROLE, { message: 'must be a role: upper-case letters, digits and underscores' })
  readonly REQUIRED_ROLE?: string;

  /** Calls a second that a key may make on one instance, publishing events apart; 0: without limit. */
  @Int(0, 1_000_000)
  readonly API_RATE_LIMIT_PER_SECOND: number = 200;

  /** How many of these calls may come at once. */
  @Int(1, 1_000_000)
  readonly API_RATE_LIMIT_BURST: number = 1000;

  /** Calls a second that a key may make on one instance to publish events, a batch being one; 0: without limit. */
  @Int(0, 1_000_000)
  readonly API_EVENTS_RATE_LIMIT_PER_SECOND: number = 5000;

  /** How many of these calls may come at once. */
  @Int(1, 1_000_000)
  readonly API_EVENTS_RATE_LIMIT_BURST: number = 10000;

  /** Deliveries a second that redeliveries send on one instance, behind what is new. */
  @Int(1, 10_000)
  readonly REDELIVERIES_PER_SECOND: number = 50;

  /** Milliseconds that a live view may last before its client has to open it again, with a key that is still valid. */
  @Int(100, 86_400_000)
  readonly API_STREAM_LIFETIME_MS: number = 600_000;

  /** Origins whose pages may call the API from a browser, such as `https://admin.example.com`, comma-separated. */
  @OptionalCommaList()
  @Matches(/^https?:\/\/[^/?#@\s]+$/, { each: true, message: 'must be origins such as https://admin.example.com' })
  readonly API_CORS_ORIGINS: string[] = [];

  /** What the console calls itself. */
  @Matches(/^[^\p{Cc}\p{Cs}]{1,100}$/u, { message: 'must be 1 to 100 characters without control characters' })
  readonly CONSOLE_TITLE: string = 'Webhooks';

  /** Where the console stands in the product around it, outermost first, comma-separated. */
  @OptionalCommaList()
  @ArrayMaxSize(10, { message: 'must be 10 names at most' })
  @Matches(/^[^\p{Cc}\p{Cs}]{1,100}$/u, { each: true, message: 'must be names of 1 to 100 characters without control characters' })
  readonly CONSOLE_BREADCRUMB: string[] = ['Settings', 'Developer Hub', 'Webhooks'];

  /** Origins whose pages may show the console in a frame, such as `https://app.example.com` or `https://*.example.com`, comma-separated; none when not set. */
  @OptionalCommaList()
  @Matches(FRAME_ANCESTOR, { each: true, message: 'must be origins such as https://app.example.com' })
  readonly CONSOLE_FRAME_ANCESTORS: string[] = [];

  /** Delays before attempts 2, 3, …, each jittered by a fifth, where a webhook has no schedule of its own; the same for every service. */
  @RetrySchedule()
  readonly RETRY_SCHEDULE: string = '5s,5m,30m,2h,5h,10h,14h,20h,24h';

  /** Addresses or ranges of the proxies in front, comma-separated: whom to believe what `X-Forwarded-For` says of a caller's address. */
  @OptionalCommaList()
  @Matches(/^[0-9A-Fa-f.:]+(\/\d{1,3})?$/, { each: true, message: 'must be IP addresses or CIDR ranges' })
  readonly API_TRUSTED_PROXIES: string[] = [];
}

/** The settings by slice. An abstract class, so that it is its own injection token. */
export abstract class AppConfig {
  abstract readonly service: string;
  abstract readonly logLevel: string;
  abstract readonly http: { readonly port: number; readonly host: string };
  abstract readonly grpc: { readonly port: number; readonly host: string };
  abstract readonly databaseUrl: Secret;
  abstract readonly kafka: ReturnType<typeof kafkaSettings>;
  abstract readonly topics: { readonly prefix: string; readonly partitions: number; readonly replicationFactor: number };
  abstract readonly masterKeys: MasterKeys;
  abstract readonly adminKey: Secret;
  abstract readonly egress: EgressPolicy;
  abstract readonly catalogDir: string | undefined;
  /** Domain topics besides those of the catalog. */
  abstract readonly domainTopics: readonly string[];
  abstract readonly access: { readonly requiredRole: string | null; readonly quotas: QuotaSettings };
  abstract readonly redeliveriesPerSecond: number;
  abstract readonly browser: { readonly corsOrigins: readonly string[] };
  abstract readonly trustedProxies: readonly string[];
  abstract readonly streams: { readonly lifetimeMs: number };
  abstract readonly console: {
    readonly title: string;
    readonly breadcrumb: readonly string[];
    /** Sources for the `frame-ancestors` of a Content-Security-Policy. */
    readonly frameAncestors: readonly string[];
    /** Delays before attempts 2, 3, … of webhooks without a schedule of their own, such as `5s`. */
    readonly retrySchedule: readonly string[];
  };
}

/** @throws ConfigError naming every fault at once */
export function loadAppConfig(env?: NodeJS.ProcessEnv): AppConfig {
  const given = loadConfig(SubscriptionEnv, env);
  // Nothing of them is an event, and they are made otherwise.
  if (given.DOMAIN_TOPICS.some((topic) => isOwnTopic(topic, given.TOPIC_PREFIX)))
    throw new ConfigError(["DOMAIN_TOPICS: must not name Hookstream's own topics"]);
  return Object.freeze({
    service: SERVICE,
    logLevel: given.LOG_LEVEL,
    http: { port: given.HTTP_PORT, host: given.LISTEN_HOST },
    grpc: { port: given.GRPC_PORT, host: given.LISTEN_HOST },
    databaseUrl: new Secret(given.DATABASE_URL),
    kafka: kafkaSettings(given, SERVICE),
    topics: { prefix: given.TOPIC_PREFIX, partitions: given.TOPIC_PARTITIONS, replicationFactor: given.TOPIC_REPLICATION },
    masterKeys: parseMasterKeys(given.HOOKSTREAM_MASTER_KEYS),
    adminKey: new Secret(given.HOOKSTREAM_ADMIN_KEY),
    egress: parseEgressPolicy(given.EGRESS_ALLOWED_CIDRS, given.EGRESS_HTTPS_ONLY),
    catalogDir: given.CATALOG_DIR,
    domainTopics: given.DOMAIN_TOPICS,
    access: {
      requiredRole: given.REQUIRED_ROLE ?? null,
      quotas: {
        api: { perSecond: given.API_RATE_LIMIT_PER_SECOND, burst: given.API_RATE_LIMIT_BURST },
        events: { perSecond: given.API_EVENTS_RATE_LIMIT_PER_SECOND, burst: given.API_EVENTS_RATE_LIMIT_BURST },
      },
    },
    redeliveriesPerSecond: given.REDELIVERIES_PER_SECOND,
    browser: { corsOrigins: given.API_CORS_ORIGINS },
    trustedProxies: given.API_TRUSTED_PROXIES,
    streams: { lifetimeMs: given.API_STREAM_LIFETIME_MS },
    console: {
      title: given.CONSOLE_TITLE,
      breadcrumb: given.CONSOLE_BREADCRUMB,
      frameAncestors: given.CONSOLE_FRAME_ANCESTORS,
      retrySchedule: retryDelays(given.RETRY_SCHEDULE),
    },
  });
}
