import { type EgressPolicy, parseEgressPolicy } from '#libs/egress';
import type { Secret } from '#libs/kernel';
import {
  Bool,
  Duration,
  Hidden,
  Int,
  KafkaEnv,
  loadConfig,
  Parsed,
  parseDuration,
  parseRetrySchedule,
  Port,
  PostgresUrl,
  RetrySchedule,
} from '#libs/runtime';
import { parseMasterKeys } from '#libs/secrets';
import type { RetryRules } from './attempts/index.js';
import { DEFAULT_HEALTH_RULES, type HealthRules } from './health/index.js';

/** The environment of the delivery-service. */
export class DeliveryServiceEnv extends KafkaEnv {
  /** Port of `/healthz`, `/readyz` and `/metrics`. */
  @Port()
  readonly HEALTH_PORT: number = 3002;

  /** `keyId:base64(32 bytes)` list that opens the secrets of webhooks; all of them decrypt. */
  @Hidden()
  @Parsed(parseMasterKeys)
  readonly HOOKSTREAM_MASTER_KEYS!: Secret;

  /** Postgres, `postgres://user:password@host:port/database`; the service keeps to its own schema. */
  @Hidden()
  @PostgresUrl()
  readonly DATABASE_URL!: Secret;

  /** Deliveries a second, at most, that an instance requests again once they are due: more would stand before new events. */
  @Int(1, 100_000)
  readonly DUE_PER_SECOND: number = 1000;

  /** The same for one webhook. */
  @Int(1, 100_000)
  readonly DUE_PER_SECOND_PER_WEBHOOK: number = 500;

  /** Private ranges that webhooks may reach, in CIDR notation, comma-separated; metadata addresses are never reachable. */
  @Parsed((text) => parseEgressPolicy(text, false))
  readonly EGRESS_ALLOWED_CIDRS: string = '';

  /** Refuse `http:` URLs. */
  @Bool()
  readonly EGRESS_HTTPS_ONLY: boolean = false;

  /** Most connections to one origin (scheme, host and port). */
  @Int(1, 65_535)
  readonly EGRESS_CONNECTIONS_PER_ORIGIN: number = 1024;

  /** Delays before attempts 2, 3, …, each jittered by a fifth, where a webhook has no schedule of its own; the same for every service. */
  @RetrySchedule()
  readonly RETRY_SCHEDULE: string = '5s,5m,30m,2h,5h,10h,14h,20h,24h';

  /** How long after it was requested a delivery is given up, whatever it waits for, such as `7d`. */
  @Duration()
  readonly DELIVERY_MAX_AGE: string = '7d';

  /** Attempts of all webhooks that may be under way at once. */
  @Int(1, 100_000)
  readonly MAX_CONCURRENT_ATTEMPTS: number = 2000;

  /** Milliseconds that the circuit of a failing endpoint stays open at first; doubles each time a probe fails. */
  @Int(100, 86_400_000)
  readonly CIRCUIT_OPEN_MS: number = 30_000;

  /** The longest, in milliseconds, that it stays open before the next probe. */
  @Int(100, 86_400_000)
  readonly CIRCUIT_MAX_OPEN_MS: number = 900_000;

  /** Failing endpoints kept in memory; the state of further ones is read from its topic when it is needed. */
  @Int(1, 1_000_000)
  readonly CIRCUITS_IN_MEMORY: number = 10_000;

  /** After how long of nothing but failures a webhook is disabled, such as `5d` or `12h`. */
  @Duration()
  readonly AUTO_DISABLE_AFTER: string = '5d';
}

export const retryRules = (env: DeliveryServiceEnv): RetryRules => ({
  scheduleMs: parseRetrySchedule(env.RETRY_SCHEDULE),
  maxAgeMs: parseDuration(env.DELIVERY_MAX_AGE),
});

export const healthRules = (env: DeliveryServiceEnv): HealthRules => ({
  ...DEFAULT_HEALTH_RULES,
  openMs: env.CIRCUIT_OPEN_MS,
  maxOpenMs: Math.max(env.CIRCUIT_OPEN_MS, env.CIRCUIT_MAX_OPEN_MS),
  autoDisableAfterMs: parseDuration(env.AUTO_DISABLE_AFTER),
  maxTracked: env.CIRCUITS_IN_MEMORY,
});

export const loadEnv = (): Readonly<DeliveryServiceEnv> => loadConfig(DeliveryServiceEnv);

export const egressPolicy = (env: DeliveryServiceEnv): EgressPolicy => parseEgressPolicy(env.EGRESS_ALLOWED_CIDRS, env.EGRESS_HTTPS_ONLY);
